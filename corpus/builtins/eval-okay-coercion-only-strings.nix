# Builtins that want a string and coerce nothing.
let
  t = v: builtins.typeOf v;
in
[
  (t (builtins.match ".*" "x"))
  (builtins.hasContext "x")
  (builtins.replaceStrings [ "a" ] [ "b" ] "a")
  (builtins.hashString "md5" "x")
]
