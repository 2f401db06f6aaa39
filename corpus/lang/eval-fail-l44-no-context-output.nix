# ... how the output of a derivation is told. (L44)
let d = derivation { name = "n"; system = "s"; builder = "b"; }; in builtins.getAttr "${d}" { }
