# map wants a function as its first argument.
builtins.map 1 [ 2 ]
