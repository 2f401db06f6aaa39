# time: a thunk that fails, forced again by every tryEval
let l = builtins.genList (i: i) 100000; bad = builtins.foldl' (a: b: a + b) 0 (l ++ [ (throw "again") ]);
in builtins.filter (_: builtins.any (_: (builtins.tryEval bad).success) l) l
