# Other attributes are errors.
builtins.fetchurl { url = "https://example.org/x"; sha1 = ""; }
