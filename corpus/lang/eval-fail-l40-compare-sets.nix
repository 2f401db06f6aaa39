# Nor sets. (L40)
let a = { x = 1; }; in [ (a < { y = 2; }) ]
