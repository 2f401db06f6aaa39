# The message for the path of a derivation.
builtins.getEnv (derivation { name = "n"; builder = "/b"; system = "s"; }).drvPath
