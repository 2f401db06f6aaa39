# memory: a derivation with ten million arguments
(derivation { name = "d"; system = "x"; builder = "b"; args = builtins.genList toString 10000000; }).drvPath
