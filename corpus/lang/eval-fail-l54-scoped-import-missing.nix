# A name that is not in the scope. (L54)
builtins.scopedImport { x = 1; } ./files/scoped.nix
