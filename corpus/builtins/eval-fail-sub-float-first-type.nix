# sub wants a number as its first argument when the other one is a float.
builtins.sub { } 2.0
