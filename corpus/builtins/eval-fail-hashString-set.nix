# hashString does not coerce sets.
builtins.hashString "md5" { outPath = "a"; }
