# errors: the result of a long computation is called, but is no function
builtins.foldl' (f: x: f x) (a: b: c: 1) (builtins.genList (i: i) 1000000)
