# The URL must be a string.
builtins.fetchurl { url = 1; }
