# The text may not refer to derivations with all their outputs.
builtins.toFile "f" (derivation { name = "n"; builder = "/b"; system = "s"; }).drvPath
