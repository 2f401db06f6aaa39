# A system that is null is a missing one.
derivationStrict { name = "n"; builder = "/b"; system = null; }
