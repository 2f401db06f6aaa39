# The scope does not reach a file that is imported from there.
scopedImport { a = 1; b = 2; } ./files/import/scoped-nested.nix
