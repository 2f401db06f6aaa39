# Arithmetic frames are those of calls of builtins. (E5)
let x = { a = throw "x.a"; }; in 1 + 2 * -x.a
