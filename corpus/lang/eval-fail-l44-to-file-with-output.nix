# toFile takes no references to outputs. (L44)
let d = derivation { name = "n"; system = "s"; builder = "b"; }; in builtins.toFile "f" "${d}"
