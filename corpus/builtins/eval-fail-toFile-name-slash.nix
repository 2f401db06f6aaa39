# The name must not have slashes.
builtins.toFile "a/b" ""
