# Sets with type = "derivation" are equal if their outPath is.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; };
  e = derivation { name = "n"; builder = "/b"; system = "s"; };
in
[
  (d == e)
  (d == d // { extra = 1; })
  (d == d // { outPath = "other"; })
  ({ type = "derivation"; outPath = "a"; } == { type = "derivation"; outPath = "a"; b = throw "not reached"; })
  ({ type = "derivation"; outPath = "a"; } == { type = "set"; outPath = "a"; })
  ({ type = "derivation"; a = 1; } == { type = "derivation"; a = 1; })
  (builtins.elem d [ e ])
]
