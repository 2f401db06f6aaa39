# A functor that calls itself for ever. (L28, E3)
let f = { __functor = self: x: self x; }; in f 1
