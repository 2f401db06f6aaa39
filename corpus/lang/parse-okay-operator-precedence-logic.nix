# L32: comparison over equality over && over || over ->
a: b: c: d: f: [
  (a < b == c > d)
  (a == b <= c)
  (a >= b != c)
  (a == b && c != d)
  (a && b == c)
  (!a == b && !c)
  (a || b && c)
  (a && b || c && d)
  (a || b -> c)
  (a -> b || c)
  (a -> b && c)
]
