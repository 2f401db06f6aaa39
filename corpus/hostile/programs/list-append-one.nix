# time: ++ of one element, which copies the list every time
builtins.length (builtins.foldl' (l: i: l ++ [ i ]) [ ] (builtins.genList (i: i) 1000000))
