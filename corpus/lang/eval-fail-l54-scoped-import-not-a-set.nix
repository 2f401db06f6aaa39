# The scope must be a set. (L54)
builtins.scopedImport [ ] ./files/scoped.nix
