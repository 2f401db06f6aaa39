# The algorithm in a prefix must be the given one.
builtins.convertHash { hash = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; hashAlgo = "sha1"; toHashFormat = "sri"; }
