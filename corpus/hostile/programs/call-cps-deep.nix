# depth: ten million continuations that are all called at once
(builtins.foldl' (k: n: (r: k (r + n))) (r: r) (builtins.genList (i: i) 10000000)) 0
