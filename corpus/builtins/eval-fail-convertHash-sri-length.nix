# An SRI hash must have the length of its algorithm.
builtins.convertHash { hash = "sha256-ungW"; toHashFormat = "base16"; }
