# add wants a number as its first argument when the other one is a float.
builtins.add null 1.5
