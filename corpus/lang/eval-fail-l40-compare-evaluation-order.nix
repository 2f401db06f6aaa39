# The left operand is evaluated first, then the right; > evaluates the right one first. (L40, L53)
let t = x: builtins.trace x x; in builtins.seq (t "a" < t "b") (builtins.seq (t "c" > t "d") (throw "end"))
