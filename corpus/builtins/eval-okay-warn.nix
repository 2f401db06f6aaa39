# warn returns its second argument.
[
  (builtins.warn "x" 1)
  (builtins.length (builtins.warn "x" [ (throw "not forced") ]))
  (builtins.warn "x")
]
