# depth: toJSON of a list nested ten million deep
let go = n: x: builtins.foldl' (x: n: [ x ]) x (builtins.genList (i: i) n); in builtins.stringLength (builtins.toJSON (go 10000000 0))
