# args must be a list.
derivationStrict { name = "n"; builder = "/b"; system = "s"; args = "-c"; }
