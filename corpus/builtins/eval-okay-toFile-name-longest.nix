# 211 characters are allowed, and a dot at the start.
[
  (builtins.toFile (builtins.concatStringsSep "" (builtins.genList (x: "x") 211)) "")
  (builtins.toFile ".x" "")
  (builtins.toFile "..." "")
]
