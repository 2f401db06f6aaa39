# memory: derivations in the ten thousands, none of which needs another
map (i: (derivation { name = "d${toString i}"; system = "x"; builder = "b"; n = i; }).outPath) (builtins.genList (i: i) 1000000)
