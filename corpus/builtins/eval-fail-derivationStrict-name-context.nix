# The name may not refer to a store path.
derivationStrict { name = "${./files/text.txt}"; builder = "/b"; system = "s"; }
