# Calling an integer. (E5)
let f = 1; in f 2
