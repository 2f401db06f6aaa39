# output: the result is a string of a gigabyte, all of it escaped
builtins.foldl' (s: _: s + s) "\"\\\n$" (builtins.genList (i: i) 28)
