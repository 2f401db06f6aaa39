# L36: how far the default reaches
a: b: f: [
  (f a.b or b)
  (a.b or f b)
  (a.b or 1 + 2)
  (-a.b or 1)
  (!a.b or b)
  (a.b or b ? c)
  (a.b or b ++ [ ])
  (f (a.b or 1) a.b or 2)
]
