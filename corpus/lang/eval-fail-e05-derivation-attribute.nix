# An attribute of a derivation that cannot be coerced. (E5)
derivationStrict { name = "n"; system = "s"; builder = "b"; bad = x: x; }
