# The set, then the names, one level at a time. (L53)
let t = x: y: builtins.trace x y; in builtins.seq ((t "set" { a = t "value a" { b = t "value b" 1; }; }).${t "name a" "a"}.${t "name b" "b"}) (throw "end")
