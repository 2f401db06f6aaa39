# A pattern that cannot be read.
builtins.match "(a" "a"
