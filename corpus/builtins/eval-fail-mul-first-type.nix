# mul wants a number as its first argument.
builtins.mul "2" 3
