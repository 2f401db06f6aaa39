# L23: an unknown name in the body
let a = 1; in b
