# mul wants a number as its second argument.
builtins.mul 2 null
