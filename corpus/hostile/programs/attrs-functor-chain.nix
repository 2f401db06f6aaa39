# depth: a functor whose functor is a functor, without end
let f = n: { __functor = f (n + 1); }; in f 0 1
