# match wants a string as its second argument.
builtins.match "a" ./files
