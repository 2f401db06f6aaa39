# findFile wants a list as its first argument.
builtins.findFile { } "x"
