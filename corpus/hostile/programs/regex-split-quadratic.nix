# time: from every place, a search that goes to the end and fails
builtins.split "a*b" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 21))
