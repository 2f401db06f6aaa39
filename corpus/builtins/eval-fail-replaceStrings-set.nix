# replaceStrings does not coerce sets.
builtins.replaceStrings [ "a" ] [ "b" ] { outPath = "a"; }
