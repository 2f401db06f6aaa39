# The limit of the call depth counts builtins as well.
let
  f = n: builtins.add 1 (f (n + 1));
in
f 0
