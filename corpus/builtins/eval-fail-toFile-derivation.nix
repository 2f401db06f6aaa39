# The text may not refer to outputs of derivations.
builtins.toFile "f" "${derivation { name = "n"; builder = "/b"; system = "s"; }}"
