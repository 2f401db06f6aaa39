# A call with several arguments has one frame, that of the innermost function. (E5)
let f = a: b: c: a + b + c + d; d = throw "d"; in f 1 2 3
