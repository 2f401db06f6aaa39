# An empty hash stands for zeros and is announced by a warning.
builtins.path { path = ./files/text.txt; sha256 = ""; }
