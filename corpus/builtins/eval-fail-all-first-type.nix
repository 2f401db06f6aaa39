# all wants a function as its first argument.
builtins.all 1 [ ]
