# The name has few characters; it is checked before all else.
derivationStrict { name = "a b"; builder = throw "not reached"; }
