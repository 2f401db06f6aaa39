# With __structuredAttrs the builder must be a string.
derivationStrict { name = "n"; builder = ./files/text.txt; system = "s"; __structuredAttrs = true; }
