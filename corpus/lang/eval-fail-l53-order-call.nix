# The function is evaluated before its argument. (L53)
let t = x: y: builtins.trace x y; in (t "function" (x: builtins.seq x (throw "end"))) (t "argument" 1)
