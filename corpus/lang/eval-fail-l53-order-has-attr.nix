# ?: the names after the value they are looked up in; the last value not at all. (L53)
let t = x: y: builtins.trace x y; in builtins.seq ((t "set" { a = t "value a" { b = t "value b" 1; }; }) ? ${t "name a" "a"}.${t "name b" "b"}) (throw "end")
