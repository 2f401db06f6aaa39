# __contentAddressed is experimental.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __contentAddressed = true; }
