# The name is not coerced.
derivationStrict { name = { outPath = "n"; }; builder = "/b"; system = "s"; }
