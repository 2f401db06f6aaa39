# __overrides is evaluated with the set. (L53, L19)
let t = x: y: builtins.trace x y; s = rec { a = t "old a" 1; b = t "b" a; __overrides = t "overrides" { a = t "new a" 2; }; }; in builtins.seq s (t "set" (builtins.seq s.b (throw "end")))
