# functionArgs wants a function.
builtins.functionArgs { }
