# Too many arguments. (E5)
let f = a: b: a + b; in f 1 2 3
