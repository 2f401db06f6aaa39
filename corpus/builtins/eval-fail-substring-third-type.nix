# substring wants a string as its third argument.
builtins.substring 0 1 1
