# ... for a builtin. (E5)
builtins.add 1 2 3
