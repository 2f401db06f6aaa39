# depth: a functor that calls itself with a new self
let f = { n = 0; __functor = self: x: (self // { n = self.n + 1; }) x; }; in f 1
