# time: alternatives that all match the same, under a star
builtins.match "(a|a|aa|aaa|(a*)|(a+))*c" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 20))
