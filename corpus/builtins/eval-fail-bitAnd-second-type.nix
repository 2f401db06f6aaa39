# bitAnd wants an int as its second argument.
builtins.bitAnd 1 null
