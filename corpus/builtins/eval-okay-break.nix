# break returns its argument.
[
  (builtins.break 1)
  (map break [ "a" ])
]
