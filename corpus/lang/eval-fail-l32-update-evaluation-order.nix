# ... then the others, from right to left, whatever the parentheses. (L32, L53)
let t = x: builtins.trace x { ${x} = 1; }; in builtins.seq (t "a" // t "b" // (t "c" // t "d")) (throw "end")
