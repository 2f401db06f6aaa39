# memory: files in the store that each hold twice the one before
let go = n: s: if n == 0 then s else let f = builtins.toFile "f" s; in builtins.seq f (go (n - 1) (s + s)); in builtins.stringLength (go 60 "x")
