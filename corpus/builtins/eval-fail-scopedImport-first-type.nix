# scopedImport wants a set as its first argument.
scopedImport 1 ./files/import/scoped.nix
