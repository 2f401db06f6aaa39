# Arithmetic forces both arguments, and a partial application forces none.
let
  forces = e: !(builtins.tryEval e).success;
in
[
  (forces (builtins.add 1 (throw "x")))
  (forces (builtins.add (throw "x") 1))
  (forces (builtins.add (throw "x")))
  (forces (builtins.sub (throw "x")))
  (forces (builtins.lessThan (throw "x")))
  (forces (builtins.lessThan [ (throw "x") ] [ ]))
  (forces (builtins.lessThan [ (throw "x") ] [ 1 ]))
]
