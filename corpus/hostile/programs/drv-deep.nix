# depth: a chain of derivations that is evaluated from its end
let make = n: derivation { name = "d${toString n}"; system = "x"; builder = "b"; args = [ (make (n + 1)) ]; }; in (make 0).drvPath
