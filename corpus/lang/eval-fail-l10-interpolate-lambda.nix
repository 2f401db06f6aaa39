# ... nor functions. (L10)
let f = x: x; in "${f}"
