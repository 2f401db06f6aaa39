# output: trace of a value that prints as 2^40 words
let go = n: x: if n == 0 then x else go (n - 1) [ x x ]; l = go 40 "word"; in builtins.seq (builtins.length l) (builtins.trace l 1)
