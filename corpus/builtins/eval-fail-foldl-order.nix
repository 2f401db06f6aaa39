# foldl' forces the function, then the list; steps run from the left.
builtins.foldl' (builtins.trace "function" (a: b: builtins.trace "step ${toString b}" (if b == 2 then throw "end" else b))) (throw "initial") (
  builtins.trace "list" [ 1 2 3 ]
)
