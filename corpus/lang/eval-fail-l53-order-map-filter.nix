# map evaluates no element; filter each; sort as many as it compares; foldl' each result. (L53)
let t = x: builtins.trace x x; in builtins.seq (map (x: t (x + 100)) [ 1 2 ]) (builtins.seq (builtins.filter (x: t x > 1) [ 1 2 3 ]) (builtins.seq (builtins.foldl' (a: x: t (a + x)) 0 [ 10 20 ]) (throw "end")))
