# toFile does not coerce sets.
builtins.toFile "x" { outPath = "a"; }
