# The name must not be a dot.
derivationStrict { name = "."; builder = "/b"; system = "s"; }
