# A file is no directory.
builtins.readDir ./files/text.txt
