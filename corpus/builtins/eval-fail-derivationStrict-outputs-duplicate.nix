# An output may be named once.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ "out" "dev" "out" ]; }
