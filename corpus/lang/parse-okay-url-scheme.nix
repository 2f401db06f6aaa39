# L12: a scheme has no underscore or quote, so these are lambdas
[
  (_x:_x)
  (a_b:c: c)
  (a':[ a' ])
  x:y:z
  a.b:c
  a+b:c
  a-b:c
]
