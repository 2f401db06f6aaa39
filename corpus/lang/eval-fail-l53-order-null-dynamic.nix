# Names of dynamic attributes are evaluated with the set, once. (L53, L20)
let t = x: builtins.trace x x; s = { ${t "b"} = t 1; ${t null} = t 2; a = t 3; }; in builtins.seq (s ? b) (builtins.seq s.b (builtins.seq s.b (throw "end")))
