# An empty hash needs an algorithm.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = ""; }
