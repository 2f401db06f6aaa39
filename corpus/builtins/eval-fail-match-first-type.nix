# match wants a string as its first argument.
builtins.match 1 "a"
