# Cycles through lazy places are fine. (E2)
let
  xs = [ 1 xs ];
  s = { a = 1; b = s.a; self = s; };
  f = n: if n == 0 then 0 else f (n - 1);
in
[ (builtins.length xs) (builtins.head (builtins.elemAt xs 1)) s.self.self.b (f 100) (let a = { b = c; }; c = { d = a; }; in a.b.d.b.d ? b) ]
