# depth: < of two lists that are nested a million deep
let go = n: x: builtins.foldl' (x: n: [ x ]) x (builtins.genList (i: i) n); in go 1000000 0 < go 1000000 1
