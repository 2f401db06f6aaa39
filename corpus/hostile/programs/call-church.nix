# depth: a Church numeral of 2^2^2^2^2
let two = f: x: f (f x); in (two two two two two) (x: x + 1) 0
