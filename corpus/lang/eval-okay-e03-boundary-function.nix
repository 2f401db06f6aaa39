# The deepest call within the limit: the comparison with 0 counts as a call, too. (E3)
let f = n: if n == 0 then 0 else f (n - 1); in f 29
