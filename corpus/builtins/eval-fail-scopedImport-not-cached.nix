# Other than import, scopedImport evaluates each time.
scopedImport { } ./files/import/traced.nix + scopedImport { } ./files/import/traced.nix + throw "end"
