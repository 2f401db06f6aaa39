# time: assertions that fail, without end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l; in times (times (times (n: if (builtins.tryEval (assert n < 0; n)).success then 0 else n + 1))) 0
