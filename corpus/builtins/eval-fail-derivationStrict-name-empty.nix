# The name must not be empty.
derivationStrict { name = ""; builder = "/b"; system = "s"; }
