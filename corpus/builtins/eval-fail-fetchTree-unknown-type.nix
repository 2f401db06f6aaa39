# A type that does not exist.
builtins.fetchTree { type = "svn"; url = "https://example.org/x"; }
