# bitAnd wants an int as its first argument.
builtins.bitAnd 1.0 1
