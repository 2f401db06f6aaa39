# memory: a message of a gigabyte
throw (builtins.foldl' (s: _: s + s) "help " (builtins.genList (i: i) 28))
