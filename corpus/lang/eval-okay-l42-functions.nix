# Functions are unequal, but not where the same value is met in two containers. (L42)
let
  f = x: x;
  s = { inherit f; };
  l = [ f ];
in
[
  (f == f) (s == s) (l == l) ([ f ] == [ f ]) ({ a = f; } == { a = f; }) ({ inherit f; } == s) ([ (x: x) ] == [ (x: x) ]) (s.f == s.f) (map (x: x) l == l)
  (map (x: f) [ 1 ] == [ f ]) ([ s ] == [ { inherit f; } ]) (builtins.elem f [ f ]) (l ++ [ ] == l) (l ++ l == [ f f ]) (s // { } == s) (builtins.head l == f) ([ builtins.map ] == [ builtins.map ]) (builtins.map == builtins.map) ([ map ] == [ map ]) ((x: x) == (x: x)) (f != f)
]
