# fromJSON wants a string.
builtins.fromJSON { }
