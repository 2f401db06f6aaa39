# ... or evaluated twice before. (L52, E5)
let
  f = n: throw "f ${toString n}";
  x = f 1;
  a = (builtins.tryEval x).success;
  b = (builtins.tryEval (x + 1)).success;
in
[ a b x ]
