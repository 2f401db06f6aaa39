# all and any stop at the first answer and leave the other elements alone.
let
  boom = throw "not reached";
in
[
  (builtins.all (x: x < 3) [ 1 2 ])
  (builtins.all (x: x < 2) [ 1 2 boom ])
  (builtins.all (x: false) [ ])
  (builtins.any (x: x > 1) [ 1 2 boom ])
  (builtins.any (x: true) [ ])
  (builtins.any (x: true) [ boom ])
  (builtins.all (x: true) [ boom boom ])
  (builtins.any builtins.isInt [ "a" 1 ])
  (builtins.all { __functor = self: x: x == self.want; want = 1; } [ 1 1 ])
  (builtins.all (x: true))
  (builtins.any (x: true))
]
