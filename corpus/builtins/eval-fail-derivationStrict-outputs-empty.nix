# There must be an output.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ ]; }
