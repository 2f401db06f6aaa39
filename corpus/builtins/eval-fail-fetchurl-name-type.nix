# The name must be a string.
builtins.fetchurl { url = "https://example.org/x"; name = null; }
