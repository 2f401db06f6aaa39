# getEnv does not coerce sets.
builtins.getEnv { outPath = "HOME"; }
