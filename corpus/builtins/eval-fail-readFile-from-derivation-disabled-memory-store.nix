# Nor read.
builtins.readFile "${derivation { name = "n"; builder = "/b"; system = "s"; }}/file"
