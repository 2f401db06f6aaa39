# ... that needs its own value. (E2)
let
  x = 1 + y;
  y = z * 2;
  z = x;
in
{ result = x; }
