# The set that derivation returns, printed with its repetitions.
derivation { name = "simple"; builder = "/bin/sh"; system = "x86_64-linux"; }
