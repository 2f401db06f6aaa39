# depth: the result is a set nested ten million deep
let go = n: s: builtins.foldl' (s: n: { a = s; }) s (builtins.genList (i: i) n); in go 10000000 { }
