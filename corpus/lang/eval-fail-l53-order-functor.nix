# The set is evaluated, then __functor, then the argument when it is used. (L53)
let t = x: y: builtins.trace x y; in (t "set" { __functor = t "functor" (self: t "with self" (x: t x (throw "end"))); }) (t "argument" "used")
