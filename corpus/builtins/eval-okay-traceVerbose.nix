# Without trace-verbose the first argument is not even forced.
[
  (builtins.traceVerbose (throw "not forced") 1)
  (builtins.traceVerbose "x")
]
