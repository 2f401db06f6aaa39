# ... also in a function that is never called. (E5)
let f = x: y; in 1
