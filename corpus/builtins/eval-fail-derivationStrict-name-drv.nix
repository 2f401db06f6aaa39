# The name must not end in .drv.
derivationStrict { name = "n.drv"; builder = "/b"; system = "s"; }
