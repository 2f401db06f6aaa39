# A list, empty without a search path.
builtins.head builtins.nixPath
