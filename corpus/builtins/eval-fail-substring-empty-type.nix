# For length 0 the argument must still be coercible.
builtins.substring 0 0 1
