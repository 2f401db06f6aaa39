# substring wants an int as its first argument.
builtins.substring "0" 1 "abc"
