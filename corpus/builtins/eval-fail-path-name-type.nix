# The name must be a string.
builtins.path { path = ./files/text.txt; name = 1; }
