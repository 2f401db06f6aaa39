# toFile wants a string as its first argument.
builtins.toFile 1 "contents"
