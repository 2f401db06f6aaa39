# Calls are counted, and the limit is told at the call that passes it. (E3)
let f = n: 1 + f (n + 1); in f 0
