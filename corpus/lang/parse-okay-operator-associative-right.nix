# L32: right-associative operators
a: b: c: d: f: [
  (a ++ b ++ c)
  (a // b // c)
  (a -> b -> c)
  (a ++ b ++ c ++ d)
]
