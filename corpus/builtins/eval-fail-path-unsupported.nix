# Other attributes are errors.
builtins.path { path = ./files/text.txt; sha1 = ""; }
