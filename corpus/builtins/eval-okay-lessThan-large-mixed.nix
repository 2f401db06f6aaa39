# An integer is compared with a float as a float, so neighbours beyond 2^53 are neither less nor greater.
[
  (builtins.lessThan 9007199254740992.0 9007199254740993)
  (builtins.lessThan 9007199254740993 9007199254740992.0)
  (9007199254740993 == 9007199254740992.0)
  (builtins.lessThan 9007199254740992 9007199254740993)
  (builtins.lessThan 9223372036854775807 9223372036854775808.0)
]
