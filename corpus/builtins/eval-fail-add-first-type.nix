# add wants a number as its first argument.
builtins.add "1" 2
