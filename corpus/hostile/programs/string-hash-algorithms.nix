# errors: hash algorithms that do not exist, each name longer than the last
let go = n: a: if n == 0 then builtins.hashString a "x" else go (n - 1) (a + a + "-"); in go 24 "sha"
