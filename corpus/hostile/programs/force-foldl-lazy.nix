# depth: foldl' forces the list, but not the sum in it
builtins.head (builtins.foldl' (a: x: [ (builtins.head a + x) ]) [ 0 ] (builtins.genList (i: i) 10000000))
