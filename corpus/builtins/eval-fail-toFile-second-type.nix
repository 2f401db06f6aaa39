# toFile wants a string as its second argument.
builtins.toFile "name" 1
