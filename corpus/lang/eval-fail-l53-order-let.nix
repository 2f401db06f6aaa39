# Bindings are evaluated in the order of use. (L53)
let t = x: builtins.trace x x; a = t 1; b = t 2 + a; c = t 3; in builtins.seq (c + b + a) (throw "end")
