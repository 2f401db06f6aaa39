# L34: desugared operators under with, rec and formals
[
  (with { __sub = 1; }; 1 - 2)
  (rec { __mul = 1; a = 1 * 2; })
  ({ __lessThan ? 1, a ? 1 < 2 }: a)
]
