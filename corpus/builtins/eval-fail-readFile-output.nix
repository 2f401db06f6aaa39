# The output of a derivation would have to be built.
builtins.readFile (derivation { name = "n"; builder = "/b"; system = "s"; })
