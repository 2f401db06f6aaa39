# seq forces its first argument first.
builtins.seq (builtins.trace "first" 1) (builtins.trace "second" (throw "end"))
