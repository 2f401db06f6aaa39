# A derivation cannot be both.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __impure = true; __contentAddressed = true; }
