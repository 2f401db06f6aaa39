# host: waiting for a time that never comes
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l; in times (times (times (n: if builtins.currentTime or 0 < 0 then 0 else n + 1))) 0
