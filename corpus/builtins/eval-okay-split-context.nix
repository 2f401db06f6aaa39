# Without a match the argument comes back as it is; with a match context is gone.
let
  s = "${./files/text.txt}";
in
map (x: builtins.isString x && builtins.hasContext x) (builtins.split "%" s ++ builtins.split "(t)ext" s)
