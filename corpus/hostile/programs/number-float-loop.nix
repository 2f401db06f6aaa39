# time: a float that grows too slowly to reach its end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l; in times (times (times (x: if x >= 1.0e16 then x else x + 1.0))) 9.0e15
