# A set is no algorithm.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = "x"; outputHashAlgo = { }; }
