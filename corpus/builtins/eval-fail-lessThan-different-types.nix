# Values of different types cannot be compared.
builtins.lessThan 1 "a"
