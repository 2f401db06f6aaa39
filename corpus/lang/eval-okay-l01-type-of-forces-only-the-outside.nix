# typeOf forces its argument, and nothing inside it. (L1, L52)
[
  (builtins.typeOf { a = throw "a"; })
  (builtins.typeOf [ (throw "b") ])
  (builtins.typeOf (x: throw "c"))
  (builtins.typeOf ({ a ? throw "d" }: a))
  (builtins.tryEval (builtins.typeOf (throw "e")))
]
