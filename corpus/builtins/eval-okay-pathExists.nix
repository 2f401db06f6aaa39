# pathExists; a string that ends in a slash, or a slash and a dot, must be a directory.
let
  f = toString ./files;
in
[
  (builtins.pathExists ./files/text.txt)
  (builtins.pathExists ./files/missing)
  (builtins.pathExists ./files/missing/deeper)
  (builtins.pathExists ./files/tree)
  (builtins.pathExists "${f}/text.txt")
  (builtins.pathExists "${f}/text.txt/")
  (builtins.pathExists "${f}/text.txt/.")
  (builtins.pathExists "${f}/tree/")
  (builtins.pathExists "${f}/tree/.")
  (builtins.pathExists "${f}/tree/..")
  (builtins.pathExists "${f}/tree/../text.txt")
  (builtins.pathExists "${f}/missing/")
  (builtins.pathExists (./files + "/tree/"))
  (builtins.pathExists { outPath = f; })
  (builtins.pathExists /.)
  (builtins.pathExists "/")
  (builtins.pathExists ./files/text.txt/below)
]
