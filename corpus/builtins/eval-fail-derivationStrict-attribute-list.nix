# The element of a list that has no string.
derivationStrict { name = "n"; builder = "/b"; system = "s"; x = [ 1 { } ]; }
