# The name must not be a dot.
builtins.toFile "." ""
