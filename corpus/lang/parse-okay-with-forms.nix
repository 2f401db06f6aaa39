# L29: with
a: b: [
  (with a; c)
  (with a; with b; c d)
  (with a // b; c)
  (with with a; c; d)
  (with { x = 1; }; [ x y ])
]
