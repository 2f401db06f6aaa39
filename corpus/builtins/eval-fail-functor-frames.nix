# A set with __functor in place of a function.
map { __functor = self: x: throw "in the functor"; } [ 1 ]
