# foldl' forces the initial value only if the list is empty.
[
  (builtins.foldl' (a: b: b) (throw "not reached") [ 1 ])
  (builtins.tryEval (builtins.foldl' (a: b: b) (throw "reached") [ ])).success
  (builtins.tryEval (builtins.foldl' (a: b: a) (throw "reached") [ 1 ])).success
]
