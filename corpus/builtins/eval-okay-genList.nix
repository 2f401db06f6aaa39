# genList gives unevaluated applications to 0, 1, ...
[
  (builtins.genList (x: x * x) 5)
  (builtins.genList (x: x) 0)
  (builtins.genList (x: throw "not reached") 0)
  (builtins.length (builtins.genList (x: throw "not reached") 3))
  (builtins.elemAt (builtins.genList (x: if x == 1 then throw "not reached" else x) 3) 2)
  (builtins.genList builtins.toString 2)
  (builtins.genList (x: x))
]
