# Functions are never equal, but lists and sets compare their elements by identity first.
let
  f = x: x;
  p = builtins.add 1;
in
[
  (f == f)
  (builtins.add == builtins.add)
  (p == p)
  ([ f ] == [ f ])
  ([ builtins.add ] == [ builtins.add ])
  ([ p ] == [ p ])
  ({ a = f; } == { a = f; })
  (builtins.elem f [ f ])
  ([ (builtins.add 1) ] == [ (builtins.add 1) ])
  (builtins == builtins)
  (map f [ 1 ] == map f [ 1 ])
]
