# A hash of the wrong length.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = "ba78"; outputHashAlgo = "sha256"; }
