# depth: continuations that are kept and never called
let f = n: k: f (n + 1) (r: k (r + n)); in f 0 (r: r)
