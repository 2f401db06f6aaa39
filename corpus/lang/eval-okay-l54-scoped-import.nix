# scopedImport: the scope is lexical, shadows builtins, and is not passed on. (L54)
[
  (builtins.scopedImport { x = 1; y = 2; } ./files/scoped.nix)
  (builtins.scopedImport { x = "other"; y = 3; map = f: l: "my map"; } ./files/scoped.nix)
  (builtins.scopedImport { x = 1; y = throw "unused"; } ./files/scoped.nix).x
]
