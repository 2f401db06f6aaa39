# mul wants a number as its second argument when the other one is a float.
builtins.mul 2.0 { }
