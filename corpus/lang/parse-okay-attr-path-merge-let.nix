# L17: merging in let
let
  a.b = 1;
  a.c = 2;
  d = { e = a; };
  d.f = d;
in
[ a d ]
