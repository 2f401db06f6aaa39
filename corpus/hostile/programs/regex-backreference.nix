# errors: a back-reference, which extended expressions do not have
builtins.match "(a*)\\1\\1\\1b" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 16))
