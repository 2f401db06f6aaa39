# errors: overflow in a loop of tryEval, which does not catch it
builtins.foldl' (a: i: if (builtins.tryEval (a * a)).success then a * a else 3) 3 (builtins.genList (i: i) 1000000)
