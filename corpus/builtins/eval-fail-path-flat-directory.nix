# Without recursive, only a file can be added.
builtins.path { path = ./files/tree; recursive = false; }
