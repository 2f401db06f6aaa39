# The name is required first.
derivationStrict { builder = "/b"; system = "s"; }
