# parseFlakeRef wants a string.
builtins.parseFlakeRef { }
