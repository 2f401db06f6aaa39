# A list without end.
builtins.fromJSON "[1, 2"
