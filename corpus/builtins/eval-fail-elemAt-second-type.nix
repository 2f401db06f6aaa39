# elemAt wants an int as its second argument.
builtins.elemAt [ 1 ] 0.0
