# The hash may not refer to a store path.
builtins.convertHash { hash = "${./files/text.txt}"; hashAlgo = "sha256"; toHashFormat = "sri"; }
