# Without body the attribute is missing. (L22)
let { x = 1; }
