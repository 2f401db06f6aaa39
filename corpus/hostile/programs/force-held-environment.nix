# memory: closures that each hold a large list through a name they do not use
let make = i: let big = builtins.genList (j: i + j) 10000; in builtins.seq (builtins.deepSeq big 1) (x: if x then big else i); in builtins.deepSeq (builtins.foldl' (l: i: let f = make i; in builtins.seq f ([ f ] ++ l)) [ ] (builtins.genList (i: i) 100000)) 1
