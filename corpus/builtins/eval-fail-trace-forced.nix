# What was forced before is printed as value, what was not as a thunk, and a value inside itself as repeated.
let
  forced = 1 + 1;
  lazy = 2 + 2;
  x = { inherit x; };
  d = derivation { name = "n"; builder = "/b"; system = "s"; };
in
builtins.seq forced (builtins.trace [ forced lazy ] (builtins.trace x (builtins.seq x.x (builtins.trace x (builtins.trace d (throw "end"))))))
