# An empty hash stands for zeros, with a warning.
builtins.seq (derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = ""; outputHashAlgo = "sha256"; }) (throw "end")
