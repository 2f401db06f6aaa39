# The algorithm in the hash must be the given one.
builtins.convertHash { hash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; hashAlgo = "sha512"; toHashFormat = "base16"; }
