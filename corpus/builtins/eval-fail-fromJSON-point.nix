# A point must be followed by digits.
builtins.fromJSON "1."
