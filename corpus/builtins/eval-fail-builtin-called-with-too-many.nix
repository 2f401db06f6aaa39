# A builtin that has all its arguments gives a value, and that is called.
builtins.add 1 2 3
