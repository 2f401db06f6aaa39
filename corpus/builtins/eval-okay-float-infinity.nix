# Floats overflow to infinity without an error and print as inf; nan prints with the sign that the processor gives it.
let
  inf = 1.0e300 * 1.0e300;
in
[
  inf
  (0 - inf)
  (builtins.toString inf)
  (inf == inf)
  (builtins.lessThan 1 inf)
  (builtins.div 1 inf)
  (builtins.isFloat (inf - inf))
]
