# warn wants a string.
builtins.warn 1 2
