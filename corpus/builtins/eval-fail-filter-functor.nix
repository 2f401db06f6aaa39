# A set with __functor that is no function.
builtins.filter { __functor = 1; } [ 1 ]
