# depth: a tail call that forces its argument, for ever
let f = n: builtins.seq n (f (n + 1)); in f 0
