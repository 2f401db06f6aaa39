# memory: concatMap that makes ten of each, thirty times
let ten = x: [ x x x x x x x x x x ]; go = n: l: if n == 0 then l else go (n - 1) (builtins.concatMap ten l); in builtins.length (go 30 [ 0 ])
