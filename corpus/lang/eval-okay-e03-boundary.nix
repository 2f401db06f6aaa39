# Calls within a limit of 30: functors count twice, == of one value with itself not at all. (E3)
let
  f = n: if n == 0 then 0 else f (n - 1);
  s = { __functor = self: n: if n == 0 then 0 else self (n - 1); };
  tower = n: builtins.foldl' (a: x: [ a ]) 1 (builtins.genList (x: x) n);
in
[ (f 27) (s 13) (builtins.length (tower 40)) (let t = tower 40; l = [ t ]; in l == l) ]
