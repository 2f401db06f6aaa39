# A character that base 16 does not have.
builtins.convertHash { hash = "xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; hashAlgo = "sha256"; toHashFormat = "sri"; }
