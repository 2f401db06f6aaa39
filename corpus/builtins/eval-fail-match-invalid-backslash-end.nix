# A backslash at the end.
builtins.match "a\\" "a"
