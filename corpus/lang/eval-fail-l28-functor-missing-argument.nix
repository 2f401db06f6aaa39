# The trace of a functor with formals. (L28, L27)
let f = { __functor = self: { a }: a; }; in f { }
