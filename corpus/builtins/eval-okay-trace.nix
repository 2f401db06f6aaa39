# trace returns its second argument.
[
  (builtins.trace "x" 1)
  (builtins.trace { } [ 1 ])
  (builtins.length (builtins.trace 1 [ (throw "not forced") ]))
  (builtins.trace "x")
]
