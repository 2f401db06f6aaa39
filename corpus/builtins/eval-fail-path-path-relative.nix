# A string must be an absolute path.
builtins.path { path = "files"; }
