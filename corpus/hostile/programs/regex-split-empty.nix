# memory: splitting at every place, with an expression that matches nothing
builtins.length (builtins.split "(x*)(y*)(z*)" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 23)))
