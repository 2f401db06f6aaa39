# time: < of two lists that share their parts and are equal, 2^50 comparisons
let go = n: x: if n == 0 then x else go (n - 1) [ x x ]; in go 50 0 < go 50 0
