# A pattern that cannot be read.
builtins.split ")" "a"
