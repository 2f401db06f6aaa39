# output: trace of a cyclic value, forced before
let x = { a = x; b = [ x ]; }; in builtins.trace (builtins.deepSeq x x) 1
