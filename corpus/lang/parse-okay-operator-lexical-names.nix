# L34: desugared operators use names in scope
let
  __sub = a: b: "sub";
  __mul = __sub;
  __div = __sub;
  __lessThan = __sub;
in
[ (1 - 2) (1 * 2) (1 / 2) (1 < 2) (1 >= 2) (-1) ]
