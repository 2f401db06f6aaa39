# The hash must be a string.
builtins.fetchurl { url = "https://example.org/x"; sha256 = 1; }
