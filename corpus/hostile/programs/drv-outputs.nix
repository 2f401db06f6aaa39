# memory: a derivation with a hundred thousand outputs
(derivation { name = "d"; system = "x"; builder = "b"; outputs = builtins.genList (i: "o${toString i}") 100000; }).all
