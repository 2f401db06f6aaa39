# ... and so fails like it. (L32, L33)
let x = { }; in { y = -x; }
