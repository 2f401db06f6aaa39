# A float out of range.
builtins.fromJSON "1e400"
