# The operator must take two arguments.
builtins.foldl' (a: a) 0 [ 1 ]
