# A derivation has an element of its own, and is written in full once.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; };
in
builtins.toXML [ d d { inherit d; } { type = "derivation"; } { type = "derivation"; drvPath = "x"; outPath = "y"; } ]
