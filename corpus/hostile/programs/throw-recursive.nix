# depth: tryEval swallows a throw, and the program goes on by recursion
let go = n: if (builtins.tryEval (throw "no")).success then n else go (n + 1); in go 0
