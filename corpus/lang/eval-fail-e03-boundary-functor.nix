# One call of a functor more. (E3)
let s = { __functor = self: n: if n == 0 then 0 else self (n - 1); }; in s 15
