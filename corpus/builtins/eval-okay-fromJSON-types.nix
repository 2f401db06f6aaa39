# Duplicate keys in nested sets, and what becomes a float.
[
  (builtins.attrNames (builtins.fromJSON ''{"b": 1, "a": {"x": 1, "x": [2]}}''))
  (builtins.fromJSON ''{"b": 1, "a": {"x": 1, "x": [2]}}'')
  (builtins.typeOf (builtins.fromJSON "1.0"))
  (builtins.typeOf (builtins.fromJSON "1e0"))
  (builtins.typeOf (builtins.fromJSON "100000000000000000000"))
]
