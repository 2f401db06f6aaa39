# A value that failed prints as if it had not been evaluated. (O2)
let s = { a = throw "a"; b = 1 + 1; c = [ 1 ]; }; in builtins.seq (builtins.tryEval s.a) (builtins.seq s.b (builtins.trace s (throw "end")))
