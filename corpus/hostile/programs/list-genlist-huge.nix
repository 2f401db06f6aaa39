# memory: a list of a billion thunks
builtins.length (builtins.genList (i: i * i) 1000000000)
