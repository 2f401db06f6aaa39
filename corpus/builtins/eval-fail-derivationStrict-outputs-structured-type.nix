# With __structuredAttrs outputs must be a list.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __structuredAttrs = true; outputs = "out"; }
