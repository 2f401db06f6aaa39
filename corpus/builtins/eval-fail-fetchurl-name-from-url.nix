# So must the base name of the URL.
builtins.fetchurl "https://example.org/a@b"
