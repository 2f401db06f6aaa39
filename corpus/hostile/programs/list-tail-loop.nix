# time: tail of a long list copies the rest
let go = l: n: if l == [ ] then n else go (builtins.tail l) (n + 1); in go (builtins.genList (i: i) 1000000) 0
