# substring wants an int as its second argument.
builtins.substring 0 1.0 "abc"
