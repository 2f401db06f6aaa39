# memory: replicate, by a fold that keeps all the lists it made
let replicate = n: x: builtins.foldl' (l: _: [ l x ] ++ l) [ ] (builtins.genList (i: i) n); in builtins.length (replicate 100000 "x")
