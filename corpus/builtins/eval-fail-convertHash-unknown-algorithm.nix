# An unknown algorithm.
builtins.convertHash { hash = "ba"; hashAlgo = "crc32"; toHashFormat = "sri"; }
