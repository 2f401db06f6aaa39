# foldl' folds from the left and forces the accumulator, not the elements.
[
  (builtins.foldl' (a: b: a + b) 0 [ 1 2 3 ])
  (builtins.foldl' (a: b: a - b) 10 [ 1 2 3 ])
  (builtins.foldl' (a: b: [ a b ]) 0 [ 1 2 ])
  (builtins.foldl' (a: b: b) 0 [ ])
  (builtins.foldl' (a: b: a + 1) 0 [ (throw "x") (throw "y") ])
  (builtins.foldl' builtins.add 1 [ 2 3 ])
  (builtins.foldl' (a: b: a))
  (builtins.foldl' (a: b: a) 0)
]
