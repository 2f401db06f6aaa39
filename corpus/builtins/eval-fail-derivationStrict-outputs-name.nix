# The name of an output is part of the name of its path.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ "a/b" ]; }
