# depth: map partially applied to itself a hundred thousand times
let l = builtins.genList (i: i) 100000; in builtins.deepSeq (builtins.foldl' (f: _: map f) (x: x) l (builtins.foldl' (x: _: [ x ]) 1 l)) 0
