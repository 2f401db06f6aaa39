# The name must be one for the store.
builtins.fetchurl { url = "https://example.org/x"; name = "a b"; }
