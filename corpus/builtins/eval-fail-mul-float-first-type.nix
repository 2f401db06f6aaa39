# mul wants a number as its first argument when the other one is a float.
builtins.mul "2" 3.0
