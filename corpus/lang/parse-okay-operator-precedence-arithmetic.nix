# L32: ? over ++ over * and / over + and -
a: b: c: d: f: [
  (a ? b ++ c)
  (a ++ b ? c)
  (-a ++ -b)
  (a ++ b * c)
  (a * b ++ c)
  (a / b ++ c)
  (a + b * c)
  (a * b + c)
  (a - b / c)
  (a / b - c)
  (a + b * c - d)
]
