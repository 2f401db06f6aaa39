# A value whose evaluation failed before.
let
  x = throw "once";
  y = 1 + "a";
in
builtins.seq (builtins.tryEval x) (builtins.trace [ x y ] (throw "end"))
