# The type must be a string.
builtins.fetchTree { type = 1; }
