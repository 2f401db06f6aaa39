# An argument that is the result of the call. (E2)
let f = x: x + 1; r = f r; in r
