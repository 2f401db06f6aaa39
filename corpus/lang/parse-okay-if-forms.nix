# L29: if
a: b: [
  (if a then 1 else 2)
  (if a then 1 else if b then 2 else 3)
  (if if a then b else a then 1 else 2)
  (if a then x: x else x: x)
  (if a == b && a then [ a ] else { })
]
