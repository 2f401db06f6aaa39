# Tests of type force to weak head normal form.
[
  (builtins.isAttrs { a = throw "not forced"; })
  (builtins.isList [ (throw "not forced") ])
  (builtins.isFunction (x: throw "not forced"))
  (builtins.tryEval (builtins.isInt (throw "forced"))).success
  (builtins.tryEval (builtins.typeOf (throw "forced"))).success
  (builtins.tryEval (isNull (throw "forced"))).success
]
