# A path is no text.
builtins.warn ./files/text.txt 1
