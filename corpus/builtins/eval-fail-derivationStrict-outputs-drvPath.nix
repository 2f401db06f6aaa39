# No output may be named drvPath.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ "drvPath" ]; }
