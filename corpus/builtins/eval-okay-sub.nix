# builtins.sub subtracts; what the operator - means.
[
  (builtins.sub 1 2)
  (builtins.sub 1 0.5)
  (builtins.sub (-9223372036854775807) 1)
  (builtins.sub 0.0 0.0)
  (builtins.sub 0 0.0)
  (__sub 5 3)
  (builtins.sub 5)
]
