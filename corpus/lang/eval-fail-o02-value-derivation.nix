# A derivation is shown like any set, its attributes unevaluated. (O2)
{ type = "derivation"; name = "n"; drvPath = "/nix/store/x.drv"; } + { }
