# output: the result shares its parts and prints as 2^50
let go = n: x: if n == 0 then x else go (n - 1) { a = x; b = x; }; in go 50 { }
