# memory: the product of ten lists of a hundred
let go = n: if n == 0 then [ [ ] ] else builtins.concatMap (r: builtins.genList (i: [ i ] ++ r) 100) (go (n - 1)); in builtins.length (go 10)
