# The position of a call that completes a partial one. (E5)
let
  add1 = builtins.add 1;
  apply = f: x: f x;
in
apply add1 "two"
