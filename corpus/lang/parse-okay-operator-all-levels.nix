# L32: one expression through every level
a: b: c: d: f: [
  (a -> b || c && d == a < b // !c + d * a ++ b ? c)
  (a ? b ++ c * d + a // b < c == d && a || b -> c)
]
