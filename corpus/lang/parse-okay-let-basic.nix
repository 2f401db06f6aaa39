# L23: let is recursive and order-free
let a = b; b = c; c = 1; in [ a b c ]
