# L32: selection, application, unary minus, ?
a: b: c: d: f: [
  (f a.b)
  (f.a b)
  (f a.b c.d)
  (f { }.a [ ] "s".b)
  (-f a b)
  (-a.b)
  (f (-a))
  (-a ? b)
  (-(a ? b))
  (- -a ? b)
]
