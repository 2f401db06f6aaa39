# An SRI hash that is cut off.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = "sha256-"; }
