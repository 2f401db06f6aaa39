# What two containers share is evaluated before its identity is looked at. (L42)
let l = [ (throw "shared element") ]; in l == l
