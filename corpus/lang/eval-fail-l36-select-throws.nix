# The frames of a selection that throws on the way, each with the whole path. (L36)
let
  s.a.b = throw "in s.a.b";
in
{ r = s.a.b.c; }
