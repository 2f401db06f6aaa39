# foldl' wants a list as its third argument.
builtins.foldl' (a: b: a) 0 { }
