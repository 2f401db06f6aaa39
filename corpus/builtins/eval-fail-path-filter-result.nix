# The filter must return a Boolean.
builtins.path { path = ./files/tree; filter = path: type: 1; }
