# builtins.mul multiplies; a product with a float is a float.
[
  (builtins.mul 3 4)
  (builtins.mul (-3) 4)
  (builtins.mul 3 0.5)
  (builtins.mul 4611686018427387904 (-2))
  (builtins.mul (-1) 9223372036854775807)
  (builtins.mul 0 1.5)
  (builtins.mul 3037000499 3037000499)
  (__mul 2 2)
  (builtins.mul 2)
]
