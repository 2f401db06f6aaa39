# __structuredAttrs must be a Boolean.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __structuredAttrs = 1; }
