# ... and so does coercing. (E3)
let s = builtins.foldl' (a: x: { outPath = a; }) "x" (builtins.genList (x: x) 40); in "${s}"
