# foldl' forces every intermediate accumulator to weak head normal form, even one that nobody uses.
[
  (builtins.tryEval (builtins.foldl' (a: b: if b == 1 then throw "forced" else b) 0 [ 1 2 ])).success
  (builtins.tryEval (builtins.foldl' (a: b: b) 0 [ (throw "forced") 2 ])).success
  (builtins.tryEval (builtins.foldl' (a: b: [ b ]) 0 [ (throw "not forced") 2 ])).success
]
