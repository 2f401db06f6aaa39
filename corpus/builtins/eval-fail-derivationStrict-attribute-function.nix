# A function has no string.
derivationStrict { name = "n"; builder = "/b"; system = "s"; x = y: y; }
