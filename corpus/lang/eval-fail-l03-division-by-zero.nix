# Integer division by zero. (L3)
let x = 1; in x / 0
