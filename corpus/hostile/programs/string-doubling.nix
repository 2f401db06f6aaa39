# memory: a string that doubles with every step of a fold
builtins.stringLength (builtins.foldl' (s: _: s + s) "ab" (builtins.genList (i: i) 60))
