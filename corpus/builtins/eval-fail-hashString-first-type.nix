# hashString wants a string as its first argument.
builtins.hashString null "a"
