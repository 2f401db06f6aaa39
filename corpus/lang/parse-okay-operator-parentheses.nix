# L32: parentheses override every precedence
a: b: c: d: f: [
  ((a -> b) -> c)
  ((a || b) && c)
  ((a + b) * c)
  (a ++ (b * c))
  ((a // b) // c)
  ((a ++ b) ++ c)
  (!(a == b))
  (((a)))
]
