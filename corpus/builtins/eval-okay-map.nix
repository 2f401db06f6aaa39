# map gives unevaluated applications; over an empty list it does not even look at the function.
[
  (map (x: x + 1) [ 1 2 3 ])
  (map (throw "not reached") [ ])
  (builtins.length (map (x: throw "not reached") [ 1 2 ]))
  (map (x: y: x) [ 1 ])
  (map builtins.add [ 1 ])
  (map { __functor = self: x: x * self.by; by = 3; } [ 1 2 ])
  (map builtins.typeOf [ 1 "a" null ])
  (map (x: x))
  (builtins.head (map (x: x) [ 1 (throw "not reached") ]))
  (map map [ ])
]
