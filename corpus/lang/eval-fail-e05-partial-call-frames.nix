# ... and so has a call in steps; its site is that of the last step. (E5)
let f = a: b: throw "body"; g = f 1; in g 2
