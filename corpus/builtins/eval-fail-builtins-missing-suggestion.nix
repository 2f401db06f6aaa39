# A builtin with a near name.
builtins.concatMaps
