# time: == of two sets that share their parts, 2^60 comparisons
let go = n: s: if n == 0 then s else go (n - 1) { a = s; b = s; }; in go 60 { x = 1; } == go 60 { x = 1; }
