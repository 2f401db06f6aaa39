# __ignoreNulls must be a Boolean.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __ignoreNulls = null; }
