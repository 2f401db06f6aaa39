# The path of a derivation as derivation gives it refers to too much.
builtins.outputOf (derivation { name = "n"; builder = "/b"; system = "s"; }).drvPath "out"
