# The name of an output with .drv behind it is no name for a path.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ "a/b" ]; }
