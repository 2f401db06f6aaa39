# ... a function. (L32)
(x: x) // { }
