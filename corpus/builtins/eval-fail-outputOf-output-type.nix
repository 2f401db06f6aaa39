# The name of the output must be a string.
builtins.outputOf (builtins.unsafeDiscardOutputDependency (derivation { name = "n"; builder = "/b"; system = "s"; }).drvPath) 1
