# ... functions. (L31)
let f = x: x; in assert f == f; 1
