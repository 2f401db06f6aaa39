# Infinity has no integer.
builtins.floor (1.0e300 * 1.0e300)
