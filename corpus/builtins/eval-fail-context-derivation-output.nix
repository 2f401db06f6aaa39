# The message names an output of a derivation as path^output.
builtins.getEnv "${derivation { name = "n"; builder = "/b"; system = "s"; }}"
