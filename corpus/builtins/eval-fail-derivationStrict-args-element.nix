# Elements of args are coerced to strings.
derivationStrict { name = "n"; builder = "/b"; system = "s"; args = [ "a" { } ]; }
