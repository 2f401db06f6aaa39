# A value in a message is printed with what was forced, and thunks as such.
let
  v = { forced = 1 + 1; lazy = 2 + 2; list = [ (3 + 3) ]; f = x: x; };
in
builtins.seq v.forced (builtins.head v)
