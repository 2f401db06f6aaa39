# depth: an operator that computes a closure with itself
let op = x: builtins.genericClosure { startSet = [ { key = x.key + 1; } ]; operator = op; }; in builtins.genericClosure { startSet = [ { key = 0; } ]; operator = op; }
