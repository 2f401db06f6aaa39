# split wants a string as its second argument.
builtins.split "a" 1
