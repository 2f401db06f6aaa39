# __sub is called as any value. (L34)
let __sub = 1; in 3 - 2
