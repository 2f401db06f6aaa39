# A binding that is its own value. (E2)
let x = x; in x
