# Paths with dynamic names are not merged. (L20)
let n = "a"; in { a.b = 1; ${n}.c = 2; }
