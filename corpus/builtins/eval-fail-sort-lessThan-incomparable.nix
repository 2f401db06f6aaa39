# With builtins.lessThan itself the frame names the ordering function.
builtins.sort builtins.lessThan [ 1 "a" ]
