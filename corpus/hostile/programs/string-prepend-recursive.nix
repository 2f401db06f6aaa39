# depth: a string put together by recursion that is not a tail call
let rep = n: if n == 0 then "" else "x" + rep (n - 1); in builtins.stringLength (rep 1000000000)
