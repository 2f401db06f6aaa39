# L23: no semicolon before in
let a = 1 in a
