# memory: ++ of a list with itself
builtins.length (builtins.foldl' (l: _: l ++ l) [ 1 2 ] (builtins.genList (i: i) 60))
