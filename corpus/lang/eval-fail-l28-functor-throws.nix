# The frames of a functor. (L28)
let f = { __functor = self: x: throw "in the functor: ${x}"; }; in { a = f "arg"; }
