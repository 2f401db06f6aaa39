# depth: the composition of ten million functions
builtins.foldl' (f: i: (x: f (x + i))) (x: x) (builtins.genList (i: i) 10000000) 0
