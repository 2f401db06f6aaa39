# derivation computes paths only when they are asked for; other attributes are free.
let
  d = derivation { name = throw "name"; builder = throw "builder"; system = "s"; extra = throw "extra"; other = 1; };
in
[
  d.type
  d.system
  d.other
  d.outputName
  (builtins.attrNames d)
  (builtins.tryEval d.drvPath).success
  (builtins.tryEval d.name).success
]
