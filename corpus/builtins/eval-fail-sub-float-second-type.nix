# sub wants a number as its second argument when the other one is a float.
builtins.sub 1.0 { }
