# The notation must be a string.
builtins.convertHash { hash = "ba"; hashAlgo = "sha256"; toHashFormat = [ ]; }
