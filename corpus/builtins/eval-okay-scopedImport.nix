# scopedImport evaluates a file with more variables, which hide builtins but do not reach files that it imports.
[
  (scopedImport { a = 1; b = 2; } ./files/import/scoped.nix)
  (scopedImport { a = "x"; b = "y"; } ./files/import/scoped.nix)
  (scopedImport { } ./files/import/value.nix)
  (scopedImport { scopedVar = 5; map = throw "not reached"; } ./files/import/shadow.nix)
  (scopedImport { true = false; builtins = 1; } ./files/import/value.nix)
  (scopedImport { import = path: "overridden"; } ./files/import/scoped-nested.nix)
  (scopedImport { a = 3; b = 4; unused = throw "not reached"; } (toString ./files/import/scoped.nix))
  (scopedImport { a = 1; })
]
