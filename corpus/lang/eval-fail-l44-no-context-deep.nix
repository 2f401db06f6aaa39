# ... how a whole derivation is told. (L44)
let d = derivation { name = "n"; system = "s"; builder = "b"; }; in { }.${d.drvPath}
