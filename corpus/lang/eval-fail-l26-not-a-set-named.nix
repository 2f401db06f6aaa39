# ... and the trace names where it was called. (L26)
let
  f = { a, ... }: a;
  g = x: f x;
in
{ result = g [ "list" ]; }
