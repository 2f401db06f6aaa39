# L32: left-associative operators
a: b: c: d: f: [
  (a - b - c)
  (a + b + c)
  (a - b + c)
  (a * b * c)
  (a / b / c)
  (a && b && c)
  (a || b || c)
]
