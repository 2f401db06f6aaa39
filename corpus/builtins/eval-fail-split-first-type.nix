# split wants a string as its first argument.
builtins.split [ ] "a"
