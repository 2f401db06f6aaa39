# Bindings of let refer to each other in any order, and may be nested paths. (L23)
let a = b + 1; b = c.d + 1; c.d = 1; c.e = a; "f g" = 1; in let in [ a b c (let a = 10; in a + b) ]
