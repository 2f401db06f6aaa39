# Builtins called with all arguments have a frame, the same through a partial application, map or foldl'.
let
  f = builtins.add 1;
in
builtins.foldl' (a: b: f b) 0 (map f [ 1 "a" ])
