# The arguments of a partial application are forced once.
let
  f = builtins.add (builtins.trace "once" 1);
in
builtins.seq (f 1 + f 2) (throw "end")
