# The name has few characters.
builtins.path { path = ./files/text.txt; name = "x@y"; }
