# map forces its list first, then the function.
builtins.length (map (throw "function") (builtins.trace "list" [ 1 ]))
