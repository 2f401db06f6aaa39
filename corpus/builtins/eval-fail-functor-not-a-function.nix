# A set without __functor is no function.
map { } [ 1 ]
