# depth: toJSON of an outPath of an outPath
let go = n: x: builtins.foldl' (x: n: { outPath = x; }) x (builtins.genList (i: i) n); in builtins.toJSON (go 1000000 "x")
