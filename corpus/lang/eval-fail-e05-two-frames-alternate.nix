# Two functions that call each other. (E5)
let even = n: if n == 0 then throw "bottom" else odd (n - 1); odd = n: even (n - 1); in even 8
