# ceil and floor give integers and accept integers that a double can hold.
[
  (builtins.ceil 1.1)
  (builtins.ceil 1.0)
  (builtins.ceil (-1.1))
  (builtins.ceil (-0.5))
  (builtins.floor 1.9)
  (builtins.floor (-1.1))
  (builtins.floor (-0.0))
  (builtins.ceil 5)
  (builtins.floor (-5))
  (builtins.ceil 9007199254740992)
  (builtins.floor 9007199254740994)
  (builtins.floor (-9223372036854775807 - 1))
  (builtins.ceil (-9223372036854775808.0))
  (builtins.floor 9223372036854774784.0)
  (builtins.typeOf (builtins.ceil 1.5))
]
