# elem compares as == does: numbers across types, sets and lists deeply, functions never.
let
  f = x: x;
in
[
  (builtins.elem 1 [ 1 2 ])
  (builtins.elem 1.0 [ 1 2 ])
  (builtins.elem 3 [ 1 2 ])
  (builtins.elem { a = 1; } [ { a = 1.0; } ])
  (builtins.elem [ 1 [ 2 ] ] [ [ 1 [ 2 ] ] ])
  (builtins.elem null [ ])
  (builtins.elem (throw "not reached") [ ])
  (builtins.elem 1 [ 1 (throw "not reached") ])
  (builtins.elem f [ f ])
  (builtins.elem "a" [ ./a "a" ])
  (builtins.elem (builtins.toString ./a) [ ./a ])
  (builtins.elem { f = f; } [ { f = f; } ])
  (builtins.elem 1)
]
