# time: stars within stars, on a long string that does not match
builtins.match "(((a*)*)*)*b" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 25))
