# bitOr wants an int as its first argument.
builtins.bitOr "1" 1
