# A float beyond 64 bits has no integer.
builtins.ceil 1.0e300
