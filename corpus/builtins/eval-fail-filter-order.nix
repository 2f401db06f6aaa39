# filter forces its list first, then the function.
builtins.filter (throw "the function") (builtins.trace "the list" [ 1 ])
