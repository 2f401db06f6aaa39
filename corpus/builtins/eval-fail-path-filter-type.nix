# The filter must be a function.
builtins.path { path = ./files/tree; filter = true; }
