# time: folds within folds within folds
let l = builtins.genList (i: i) 100000; sum = f: builtins.foldl' (a: i: builtins.bitXor a (f i)) 0 l; in sum (i: sum (j: sum (k: i + j + k)))
