# builtins.add adds numbers; one float makes the sum a float, and neither strings nor paths are joined.
[
  (builtins.add 1 2)
  (builtins.add 1 2.5)
  (builtins.add 0.5 1)
  (builtins.add 0.1 0.2)
  (builtins.add (-5) 3)
  (builtins.add 9223372036854775806 1)
  (builtins.add (-9223372036854775807) (-1))
  (builtins.typeOf (builtins.add 1 1.0))
  (builtins.add 9223372036854775807 1.0)
  (__add 1 1)
  (builtins.add 1)
]
