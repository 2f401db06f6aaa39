# ... at the end of the path. (L36)
let
  s = { a = { b = { c = throw "in s.a.b.c"; }; }; };
  n = "b";
in
[ s.a.${n}."c" ]
