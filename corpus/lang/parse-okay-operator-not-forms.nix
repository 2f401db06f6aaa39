# L32: repeated and mixed prefix operators
a: b: c: d: f: [
  (!a)
  (!!a)
  (! ! !a)
  (!-a)
  (-!a)
  (- -a)
  (--a)
  (!f a)
  (!a.b)
  (!a && !b)
]
