# __contentAddressed must be a Boolean.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __contentAddressed = "yes"; }
