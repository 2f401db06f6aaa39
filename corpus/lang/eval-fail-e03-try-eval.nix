# tryEval does not catch it. (E3)
let f = x: f x; in builtins.tryEval (f 1)
