# partition forces each element and splits the list in order.
[
  (builtins.partition (x: x > 2) [ 1 5 2 7 ])
  (builtins.partition (x: true) [ ])
  (builtins.partition builtins.isString [ 1 "a" ])
  (builtins.tryEval (builtins.partition (x: true) [ (throw "forced") ])).success
  (builtins.partition (x: true))
]
