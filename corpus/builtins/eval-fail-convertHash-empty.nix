# An empty text is no hash.
builtins.convertHash { hash = ""; hashAlgo = "sha256"; toHashFormat = "sri"; }
