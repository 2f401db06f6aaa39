# A builtin that does not exist.
builtins.doesNotExist
