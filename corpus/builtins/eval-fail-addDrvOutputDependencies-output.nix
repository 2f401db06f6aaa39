# An output of a derivation.
builtins.addDrvOutputDependencies (derivation { name = "n"; builder = "/b"; system = "s"; }).outPath
