# errors: fromJSON of half of a surrogate pair, a million times
builtins.fromJSON "\"${builtins.foldl' (s: _: s + s) "\\ud800" (builtins.genList (i: i) 20)}\""
