# L32: + and - over ! over // over comparison
a: b: c: d: f: [
  (!a + b)
  (a - !b)
  (!a ? b)
  (!a * b)
  (!a // b)
  (a // !b)
  (!(a // b))
  (a // b < c)
  (a < b // c)
  (a // b <= c // d)
]
