# errors: what tryEval does not catch, in a loop that expects it to
let go = n: if (builtins.tryEval (1 + "a")).success then n else go (n + 1); in go 0
