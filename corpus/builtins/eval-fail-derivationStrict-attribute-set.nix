# A set has no string.
derivationStrict { name = "n"; builder = "/b"; system = "s"; x = { a = 1; }; }
