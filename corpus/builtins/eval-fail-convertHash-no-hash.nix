# The attribute hash is required.
builtins.convertHash { toHashFormat = "sri"; }
