# errors: a NUL from JSON, which no string may hold
builtins.stringLength (builtins.foldl' (s: _: s + s) (builtins.fromJSON ''"\u0000"'') (builtins.genList (i: i) 10))
