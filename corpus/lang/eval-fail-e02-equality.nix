# A comparison that needs itself. (E2)
let a = a == 1; in [ a ]
