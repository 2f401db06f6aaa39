# The position of a wrong result is that of the function's body or of the function.
let
  f = x: if x then [ ] else "no list";
in
builtins.concatMap f [ true false ]
