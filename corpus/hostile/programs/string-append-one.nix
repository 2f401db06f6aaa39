# time: one byte more each time copies the string a million times
builtins.stringLength (builtins.foldl' (s: _: s + "x") "" (builtins.genList (i: i) 1000000))
