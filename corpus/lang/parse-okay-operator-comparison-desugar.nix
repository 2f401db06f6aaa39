# L32: comparisons are calls of __lessThan
a: b: c: d: f: [
  (a < b)
  (a > b)
  (a <= b)
  (a >= b)
  (a<=b)
  ((a < b) < c)
]
