# With __structuredAttrs outputs must be strings.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __structuredAttrs = true; outputs = [ 1 ]; }
