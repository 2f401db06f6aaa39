# With restrict-eval a URL must be allowed.
builtins.fetchurl "https://example.org/x"
