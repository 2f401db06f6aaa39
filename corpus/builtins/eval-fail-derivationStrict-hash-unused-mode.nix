# A mode that does not exist is an error even without a hash.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHashMode = "deep"; }
