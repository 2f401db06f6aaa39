# A builtin that does not exist, with a suggestion. (L57)
builtins.lenght [ ]
