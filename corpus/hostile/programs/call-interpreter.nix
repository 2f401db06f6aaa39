# time: a machine of two counters, interpreted, that never halts
let step = s: if s.a == 0 then { a = s.b; b = 0; } else let a = s.a - 1; b = s.b + 2; in builtins.seq a (builtins.seq b { inherit a b; });
  l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l;
in times (times (times step)) { a = 1; b = 0; }
