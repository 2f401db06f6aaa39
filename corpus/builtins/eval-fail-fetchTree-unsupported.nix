# An attribute that the type does not have.
builtins.fetchTree { type = "git"; url = "https://example.org/x"; branch = "c"; }
