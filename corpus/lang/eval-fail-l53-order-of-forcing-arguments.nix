# Arguments are evaluated when the body asks for them, once. (L53)
let t = x: builtins.trace x x; f = a: b: c: b + c + b + a; in builtins.seq (f (t "a") (t "b") (t "c")) (throw "end")
