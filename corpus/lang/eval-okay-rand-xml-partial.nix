# A function that has some of its arguments is a function, too.
map builtins.toXML [
  ((a: b: a) 1)
  ((a: { b, c ? 1, ... }@d: a) 1)
  ((a: b: c: a) 1 2)
  (map (a: a))
]
