# In a chain of //, the last operand is evaluated first. (L32, L53)
let t = x: builtins.trace x { ${x} = 1; }; in (t "a" // t "b") // t "c" // (t "d" // t "e") // throw "end"
