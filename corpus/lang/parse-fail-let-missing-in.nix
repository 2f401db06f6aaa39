# L23: no in
let a = 1; a
