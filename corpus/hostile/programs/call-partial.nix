# memory: partial applications that hold each other, in a growing list
let f = a: b: c: d: a; in builtins.length (builtins.foldl' (l: n: [ (f l n) (f n l) ] ++ l) [ ] (builtins.genList (i: i) 1000000))
