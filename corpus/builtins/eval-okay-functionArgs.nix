# functionArgs tells which formals have a default; plain lambdas and builtins have none.
[
  (builtins.functionArgs ({ a, b ? 1 }: a))
  (builtins.functionArgs ({ a, b ? throw "not reached", ... }@all: a))
  (builtins.functionArgs (all@{ z, y ? null }: z))
  (builtins.functionArgs ({ ... }: 1))
  (builtins.functionArgs ({ }: 1))
  (builtins.functionArgs (x: x))
  (builtins.functionArgs builtins.add)
  (builtins.functionArgs (builtins.add 1))
  (builtins.functionArgs derivation)
  (builtins.functionArgs (x: { a }: a))
]
