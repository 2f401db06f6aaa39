let
  x = 1;
  s = { y = x; };
in
with s; z: assert x < y; if s ? x.${y} then -x else !(z -> y == x)
