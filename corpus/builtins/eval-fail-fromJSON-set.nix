# fromJSON does not coerce sets.
builtins.fromJSON { outPath = "1"; }
