# The name must be a string.
derivationStrict { name = 1; builder = "/b"; system = "s"; }
