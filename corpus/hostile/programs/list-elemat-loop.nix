# time: elemAt of a place that elemAt gave, without end
let l = builtins.genList (i: i) 100000; m = builtins.genList (i: (i * 7919 + 1) - (i * 7919 + 1) / 1000 * 1000) 1000; times = f: x: builtins.foldl' (x: _: f x) x l; in times (times (times (builtins.elemAt m))) 0
