# A string without end.
builtins.fromJSON "\"abc"
