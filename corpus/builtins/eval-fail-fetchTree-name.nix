# The attribute name is not for fetchTree.
builtins.fetchTree { type = "git"; url = "https://example.org/x"; name = "x"; }
