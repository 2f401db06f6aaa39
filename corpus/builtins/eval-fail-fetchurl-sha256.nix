# The hash must be one of SHA-256.
builtins.fetchurl { url = "https://example.org/x"; sha256 = "abc"; }
