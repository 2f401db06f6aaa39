# L36: selection with a default
a: b: [
  (a.b or 1)
  (a.b.c or 1)
  (a.b or a.c)
  (a.b or a.c or 1)
  (a.b or b.c or 1)
  (a.${b} or b)
  (a.b or { }.c)
  (a.b or (a b))
  (a.b or [ ])
  (a.b or "s")
  (a.b or ./p)
]
