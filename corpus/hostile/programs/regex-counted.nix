# memory: a count within a count, a million states
builtins.match "(a{1000}){1000}" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 20))
