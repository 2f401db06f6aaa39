# memory: with-scopes held by thunks that are never forced
builtins.length (builtins.foldl' (l: n: [ (with { big = builtins.genList (i: i) 1000; inherit l n; }; big) l ]) [ ] (builtins.genList (i: i) 10000000))
