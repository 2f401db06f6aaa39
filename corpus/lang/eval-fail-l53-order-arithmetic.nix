# Operands from left to right, those of a division, too. (L53)
let t = x: builtins.trace x x; in builtins.seq (t 1 + t 2 - t 3 * t 4 + t 12 / t 6) (throw "end")
