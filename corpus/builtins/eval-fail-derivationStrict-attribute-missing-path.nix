# A path that is not there cannot be copied.
derivationStrict { name = "n"; builder = "/b"; system = "s"; src = ./files/missing; }
