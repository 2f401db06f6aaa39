# A functor that is its own result. (E2)
let f = { __functor = self: f 1; } 2; in f
