# L38: has-attr
a: x: [
  (a ? b)
  (a ? b.c)
  (a ? "b")
  (a ? "b c".d)
  (a ? ${x})
  (a ? "${x}".b)
  (a ? ${"b"})
  (a ? b.${x}.c)
  (a.b ? c)
  ((a ? b) ? c)
  (1 ? a)
  (a ? b ? c)
  (a ? b.c ? d ? e)
  (a ? b && a.b ? c)
]
