# A set or list that was printed before is printed as repeated, if it is not empty.
let
  s = { a = 1; };
  l = [ 1 ];
  e = { };
  f = [ ];
  r = { inherit r; };
in
[ s s l l e e f f r { inherit s; } "x" "x" ]
