# bitOr wants an int as its second argument.
builtins.bitOr 1 1.5
