# A file that is missing. (E5)
builtins.readFile ./files/missing
