# The first dynamic name that fails ends the evaluation of the set. (L20)
let t = x: builtins.trace x x; in { ${t "one"} = 1; ${t "two"} = 2; ${t 3} = 3; ${t "four"} = 4; }
