# -x is 0 - x; spaces do not matter; doubled signs do. (L33)
let x = 3; y = { z = 1; }; f = a: a; in [ (-x) (- x) (- - x) (-y.z) (1 - -x) (f (-x)) (-x * 2) (x -x) (builtins.typeOf (-1.5)) ]
