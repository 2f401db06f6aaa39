# The excerpt shows a line before and one after. (E5)
let
  # before
  x = { a = 1; }.b;
  # after
in
x
