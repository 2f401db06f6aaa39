# An empty builder is a missing one.
derivationStrict { name = "n"; builder = ""; system = "s"; }
