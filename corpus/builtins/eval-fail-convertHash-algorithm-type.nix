# The algorithm must be a string.
builtins.convertHash { hash = "ba"; hashAlgo = null; toHashFormat = "sri"; }
