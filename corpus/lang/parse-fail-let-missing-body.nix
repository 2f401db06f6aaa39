# L23: no body
let a = 1; in
