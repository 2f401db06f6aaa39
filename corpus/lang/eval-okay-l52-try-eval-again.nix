# A value that failed fails again, and tryEval catches it again. (L52)
let x = throw "x"; t = builtins.tryEval x; s = { a = x; }; in [ t t (builtins.tryEval x) (builtins.tryEval s.a) (builtins.tryEval (x + 1)) ]
