# The frame names the builtin, not the variable.
let
  first = builtins.head;
in
first [ ]
