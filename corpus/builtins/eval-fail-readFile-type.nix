# readFile wants a path.
builtins.readFile 1.5
