# memory: groupBy with a group of its own for each of ten million elements
builtins.length (builtins.attrNames (builtins.groupBy (i: "g${toString i}") (builtins.genList (i: i) 10000000)))
