# Infinity and not a number.
let
  t = fromTOML ''
    inf = inf
    plus = +inf
    minus = -inf
    nan = nan
    zero = -0.0
  '';
in
[ t.inf t.plus t.minus (builtins.isFloat t.nan) t.zero (t.nan == t.nan) ]
