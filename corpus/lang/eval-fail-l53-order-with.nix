# The set of with is evaluated at the first name that needs it, once. (L53, L30)
let t = x: y: builtins.trace x y; in with t "outer" { a = 1; b = 2; }; with t "inner" { a = 10; }; builtins.seq (t "body" a) (builtins.seq b (builtins.seq (a + b) (throw "end")))
