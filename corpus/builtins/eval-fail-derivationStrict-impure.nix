# __impure is experimental.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __impure = true; }
