# How floats are printed: six significant digits, while toString gives six decimals.
[
  0.1
  1.0
  100000.0
  1000000.0
  123456.7
  1234567.8
  0.0001
  0.00001
  1.0e-10
  (builtins.toString 1.0e-10)
  (builtins.toString 1.0e10)
  (builtins.toString 1.5)
  (builtins.toString (-0.5))
  (builtins.toString 1.0e22)
  (builtins.toString 1234567.891)
]
