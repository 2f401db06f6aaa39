# memory: derivations, each of which needs all those before
let make = deps: i: deps ++ [ (derivation { name = "d${toString i}"; system = "x"; builder = "b"; inherit deps; }) ]; in (builtins.elemAt (builtins.foldl' make [ ] (builtins.genList (i: i) 10000)) 9999).drvPath
