# L29: assert
a: b: [
  (assert a; b)
  (assert a == b; assert b; 1)
  (assert assert a; b; a)
  { x = assert a; b; y = if assert a; b then a else b; }
]
