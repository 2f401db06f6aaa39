builtins.fromTOML "a = 12:30"
