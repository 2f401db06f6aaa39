# depth: a tail call without end, which an evaluator may take for a loop
let f = n: f (if n == 1000 then 0 else n + 1); in f 0
