# A variable that is not in the scope.
scopedImport { a = 1; } ./files/import/scoped.nix
