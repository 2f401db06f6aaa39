# The type is required.
builtins.fetchTree { url = "https://example.org/x"; }
