# partition wants a list as its second argument.
builtins.partition (x: true) 1
