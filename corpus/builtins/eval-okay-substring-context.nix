# substring keeps the whole context, also of an empty result.
let
  s = "${./files/text.txt}";
  has = builtins.hasContext;
in
[
  (has (builtins.substring 0 1 s))
  (has (builtins.substring 0 0 s))
  (has (builtins.substring 1000 1 s))
  (has (builtins.substring 0 (-1) s))
  (has (builtins.substring 0 0 "plain"))
  (builtins.getContext (builtins.substring 0 0 s) == builtins.getContext s)
  (has (builtins.substring 0 0 ./files/text.txt))
]
