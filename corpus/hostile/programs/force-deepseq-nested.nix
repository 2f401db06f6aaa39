# depth: deepSeq of a list nested ten million deep
let go = n: x: builtins.foldl' (x: n: [ x ]) x (builtins.genList (i: i) n); in builtins.deepSeq (go 10000000 0) 1
