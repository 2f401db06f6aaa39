# A string cannot hold a zero byte.
builtins.readFile ./files/nul.bin
