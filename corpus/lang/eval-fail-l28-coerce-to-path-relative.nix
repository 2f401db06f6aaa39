# A relative string is not a path. (L28)
builtins.readFile "files/one"
