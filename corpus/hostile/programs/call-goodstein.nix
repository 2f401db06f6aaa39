# time: the Goodstein sequence from 4, step by step
let pow = b: e: if e == 0 then 1 else b * pow b (e - 1);
  bump = b: n: let go = n: e: if n == 0 then 0 else (n - n / b * b) * pow (b + 1) (bump b e) + go (n / b) (e + 1); in go n 0;
  step = s: let n = bump s.b s.n - 1; in builtins.seq n { b = s.b + 1; inherit n; };
  l = builtins.genList (i: i) 100000; times = f: x: builtins.foldl' (x: _: f x) x l;
in times (times step) { b = 2; n = 4; }
