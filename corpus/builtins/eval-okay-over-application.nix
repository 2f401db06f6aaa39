# A builtin whose result is a function takes more arguments; a partial application can be used again.
let
  f = builtins.substring 0;
in
[
  (builtins.head [ (x: x + 1) ] 5)
  (builtins.getAttr "f" { f = x: y: x + y; } 1 2)
  (builtins.seq 1 (x: x) 2)
  (builtins.elemAt [ (x: y: [ x y ]) ] 0 1 2)
  (builtins.foldl' (a: b: a) (x: x * 2) [ 1 ] 21)
  (f 1 "abc" + f 2 "abc")
  (builtins.map (builtins.map (builtins.add 1)) [ [ 1 ] [ 2 3 ] ])
  (builtins.trace "x" builtins.add 1 2)
  ((builtins.tryEval builtins.length).value [ 1 ])
]
