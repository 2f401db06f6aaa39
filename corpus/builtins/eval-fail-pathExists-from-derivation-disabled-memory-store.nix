# Nor looked for; this is an error and not false.
builtins.pathExists "${derivation { name = "n"; builder = "/b"; system = "s"; }}"
