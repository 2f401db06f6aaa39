# sort wants a function as its first argument.
builtins.sort 1 [ 2 1 ]
