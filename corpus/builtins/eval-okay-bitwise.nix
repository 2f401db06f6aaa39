# bitAnd, bitOr and bitXor work on 64-bit two's complement integers.
[
  (builtins.bitAnd 12 10)
  (builtins.bitOr 12 10)
  (builtins.bitXor 12 10)
  (builtins.bitAnd (-1) 255)
  (builtins.bitOr (-8) 3)
  (builtins.bitXor (-1) 0)
  (builtins.bitXor (-1) 9223372036854775807)
  (builtins.bitAnd (-9223372036854775807 - 1) (-1))
  (builtins.bitOr 0 0)
  (builtins.bitAnd 1)
  (builtins.bitOr 1)
  (builtins.bitXor 1)
]
