# L32: equality and inequality
a: b: c: d: f: [
  (a == b)
  (a != b)
  (a==b)
  (a!=b)
  ((a == b) == c)
  ({ } == { })
  ([ ] == [ a ])
  (f == f)
]
