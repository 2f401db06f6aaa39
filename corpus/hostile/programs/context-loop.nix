# time: error context for failures that are caught, without end
let l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l;
in times (times (times (n: if (builtins.tryEval (builtins.addErrorContext "level ${toString n}" (throw "x"))).success then 0 else n + 1))) 0
