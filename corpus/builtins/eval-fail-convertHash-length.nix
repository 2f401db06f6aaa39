# The length must fit the algorithm.
builtins.convertHash { hash = "ba7816"; hashAlgo = "sha256"; toHashFormat = "sri"; }
