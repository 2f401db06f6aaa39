# memory: map over map over map, a thunk for every element and every layer
let go = n: l: builtins.foldl' (l: n: (map (x: x + 1) l)) l (builtins.genList (i: i) n); in builtins.foldl' (a: b: a + b) 0 (go 10000 (builtins.genList (i: i) 100000))
