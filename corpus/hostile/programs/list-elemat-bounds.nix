# errors: a million elements that are all out of bounds
map (i: (builtins.tryEval (builtins.elemAt [ ] i)).success) (builtins.genList (i: i) 1000000)
