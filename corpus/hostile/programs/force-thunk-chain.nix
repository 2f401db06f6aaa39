# depth: each element of a list is one more than the one before
let l = builtins.genList (i: if i == 0 then 0 else builtins.elemAt l (i - 1) + 1) 1000000; in builtins.elemAt l 999999
