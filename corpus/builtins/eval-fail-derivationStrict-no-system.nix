# The system is required.
derivationStrict { name = "n"; builder = "/b"; }
