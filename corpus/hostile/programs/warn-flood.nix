# output: warnings without end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l; in times (times (times (n: builtins.warn "beware of ${toString n}" (n + 1)))) 0
