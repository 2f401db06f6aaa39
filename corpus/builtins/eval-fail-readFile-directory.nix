# A directory cannot be read as a file.
builtins.readFile ./files/tree
