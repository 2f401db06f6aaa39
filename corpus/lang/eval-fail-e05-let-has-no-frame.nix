# Variables have no frames of their own. (E5)
let a = b; b = c; c = throw "c"; in a
