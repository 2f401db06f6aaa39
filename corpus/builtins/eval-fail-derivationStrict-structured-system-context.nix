# With __structuredAttrs the system may not refer to a store path.
derivationStrict { name = "n"; builder = "/b"; system = "${./files/text.txt}"; __structuredAttrs = true; }
