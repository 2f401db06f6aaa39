# filter keeps the elements for which the predicate is true, unforced.
[
  (builtins.filter (x: x > 1) [ 1 2 3 ])
  (builtins.filter (x: true) [ ])
  (builtins.filter 1 [ ])
  (builtins.length (builtins.filter (x: true) [ (throw "not reached") ]))
  (builtins.filter builtins.isString [ 1 "a" ./a ])
  (builtins.filter (x: x) [ true false true ])
  (builtins.filter { __functor = _: x: x == 1; } [ 1 2 1 ])
  (builtins.filter (x: true))
]
