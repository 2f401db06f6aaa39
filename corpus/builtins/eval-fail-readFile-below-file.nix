# A file is no directory.
builtins.readFile ./files/text.txt/below
