# A fixed output is the only one.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; outputs = [ "out" "dev" ]; }
