# time: every integer there is, bit by bit
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l; in times (times (times (n: builtins.bitXor (builtins.bitOr n 1) (builtins.bitAnd (n * 2) 1023)))) 1
