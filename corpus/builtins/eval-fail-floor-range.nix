# A float below the range has no integer.
builtins.floor (-1.0e19)
