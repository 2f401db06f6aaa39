# match does not coerce sets.
builtins.match "a" { outPath = "a"; }
