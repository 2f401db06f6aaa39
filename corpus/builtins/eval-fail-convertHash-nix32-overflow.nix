# The first character of a hash in Nix's base 32 has few bits.
builtins.convertHash { hash = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"; hashAlgo = "sha256"; toHashFormat = "base16"; }
