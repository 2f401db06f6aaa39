# The position of a wrong argument is where that was bound.
let
  wrong = [ ];
in
builtins.ceil wrong
