# outputHashMode "git" is experimental.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHashMode = "git"; outputHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; }
