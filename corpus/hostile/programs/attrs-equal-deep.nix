# depth: == of two sets that are nested a million deep
let go = n: s: builtins.foldl' (s: n: { a = s; }) s (builtins.genList (i: i) n); in go 1000000 { x = 1; } == go 1000000 { x = 1; }
