# A string must be an absolute path.
builtins.toPath "a/b"
