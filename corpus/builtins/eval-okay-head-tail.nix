# head forces the first element, tail none.
[
  (builtins.head [ 1 (throw "not reached") ])
  (builtins.tail [ (throw "not reached") 2 3 ])
  (builtins.tail [ 1 ])
  (builtins.length (builtins.tail [ 1 (throw "not reached") ]))
  (builtins.head [ [ ] ])
  (map builtins.head [ [ 1 ] [ 2 ] ])
]
