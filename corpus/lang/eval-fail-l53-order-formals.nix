# Matching evaluates the argument only; defaults come when used. (L53)
let t = x: builtins.trace x x; f = { a ? t "a", b ? t "b", c }@args: b + c + a; in builtins.seq (f (t { c = t "c"; b = t "given"; })) (throw "end")
