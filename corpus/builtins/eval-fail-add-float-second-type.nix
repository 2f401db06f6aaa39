# add wants a number as its second argument when the other one is a float.
builtins.add 1.5 true
