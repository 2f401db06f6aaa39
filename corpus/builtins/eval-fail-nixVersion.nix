# A string.
builtins.nixVersion + 1
