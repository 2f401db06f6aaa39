# The builder is required before the system.
derivationStrict { name = "n"; }
