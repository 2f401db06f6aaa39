# depth: a fold that forces the set but not the sum within it
(builtins.foldl' (a: x: a // { s = a.s + x; }) { s = 0; } (builtins.genList (i: i) 10000000)).s
