# depth: three functions that hand on to each other
let a = n: b (n + 1); b = n: c (n + 1); c = n: if n < 0 then n else a (n - 2); in a 0
