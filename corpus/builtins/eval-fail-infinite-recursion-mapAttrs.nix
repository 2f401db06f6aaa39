# A set whose names depend on itself.
let
  s = builtins.mapAttrs (n: v: v) (s // { a = 1; });
in
s.a
