# filter wants a function as its first argument.
builtins.filter "f" [ 1 ]
