# add wants a number as its second argument.
builtins.add 1 [ ]
