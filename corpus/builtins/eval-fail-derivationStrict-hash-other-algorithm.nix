# The algorithm in an SRI hash must be outputHashAlgo.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; outputHashAlgo = "sha1"; }
