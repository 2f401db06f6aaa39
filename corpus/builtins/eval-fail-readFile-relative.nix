# A string must be an absolute path.
builtins.readFile "files/text.txt"
