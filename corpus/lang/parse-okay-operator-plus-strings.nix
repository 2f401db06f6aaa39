# L32: + and interpolation use the same node
a: b: c: d: f: [
  ("a" + b)
  (a + "b${c}")
  ("a${b + c}")
  (a + b + "c")
]
