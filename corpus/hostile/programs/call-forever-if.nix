# time: a loop that a condition could end, but does not
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: if x < 0 then x else f x) x l; in times (times (times (x: x + 1))) 0
