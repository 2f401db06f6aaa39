# The name must not be empty.
builtins.toFile "" ""
