# A file that is not there.
builtins.readFile ./files/missing
