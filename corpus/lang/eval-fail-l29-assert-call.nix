# ... a call. (L29)
let check = x: x.y or false; in assert check { y = false; } ; 1
