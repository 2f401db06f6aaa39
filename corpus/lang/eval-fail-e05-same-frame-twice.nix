# The same function called within itself, a few times: frames that repeat are left out. (E5)
let f = n: if n == 0 then throw "bottom" else 1 + f (n - 1); in f 5
