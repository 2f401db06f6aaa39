# memory: the set of all subsets of sixty elements
builtins.length (builtins.foldl' (sets: x: sets ++ map (s: s ++ [ x ]) sets) [ [ ] ] (builtins.genList (i: i) 60))
