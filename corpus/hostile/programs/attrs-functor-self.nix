# cycle: a set that is its own functor
let f = { __functor = f; }; in f 1
