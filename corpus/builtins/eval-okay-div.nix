# builtins.div truncates integers toward zero; with a float it is exact.
[
  (builtins.div 7 2)
  (builtins.div (-7) 2)
  (builtins.div 7 (-2))
  (builtins.div (-7) (-2))
  (builtins.div 7 2.0)
  (builtins.div 7.0 2)
  (builtins.div 1 3.0)
  (builtins.div 0 5)
  (builtins.div (-9223372036854775807 - 1) 1)
  (__div 9 3)
  (builtins.div 9)
]
