# __json must be JSON; a warning says that it is deprecated.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __json = "{"; }
