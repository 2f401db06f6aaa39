# ... and so is the left side. (L38)
let s = throw "left"; in s ? a
