# partition wants a function as its first argument.
builtins.partition 1 [ ]
