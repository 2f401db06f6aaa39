# Deep recursion within the limit, in calls and in thunks. (E3)
let f = n: if n == 0 then 0 else 1 + f (n - 1); chain = builtins.foldl' (a: x: { v = a.v + 1; }) { v = 0; } (builtins.genList (x: x) 3000); in [ (f 3000) chain.v ]
