# depth: outPath within outPath, a million times
let go = n: x: builtins.foldl' (x: n: { outPath = x; }) x (builtins.genList (i: i) n); in "${go 1000000 "end"}"
