# The name of a fixed output is checked like any other.
derivationStrict { name = "n n"; builder = "/b"; system = "s"; outputHash = "900150983cd24fb0d6963f7d28e17f72"; outputHashAlgo = "md5"; }
