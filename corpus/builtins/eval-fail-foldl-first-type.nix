# foldl' wants a function as its first argument.
builtins.foldl' 1 0 [ ]
