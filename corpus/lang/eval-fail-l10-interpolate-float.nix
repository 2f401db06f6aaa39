# ... nor floats. (L10)
let x = "${1.5}"; in { a = x; }
