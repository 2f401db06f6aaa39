builtins.fromTOML "a = 7:32"
