# path must be a path.
builtins.path { path = 1; }
