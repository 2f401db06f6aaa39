# Identifiers may hold minus signs, and end in one. (L35)
let a- = 2; b = 1; a-b = "a-b"; a = 5; in [ (a->b) a-b (a - b) (a -b) ]
