# elemAt counts from 0 and forces only the element that it gives.
[
  (builtins.elemAt [ 1 2 3 ] 0)
  (builtins.elemAt [ 1 2 3 ] 2)
  (builtins.elemAt [ (throw "not reached") 2 ] 1)
  (builtins.elemAt [ 1 2 3 ])
  (__elemAt [ [ ] ] 0)
]
