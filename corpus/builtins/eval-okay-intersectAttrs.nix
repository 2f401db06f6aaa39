# intersectAttrs takes the values of its second argument.
[
  (builtins.intersectAttrs { a = 1; b = 2; } { b = 3; c = 4; })
  (builtins.intersectAttrs { } { a = 1; })
  (builtins.intersectAttrs { a = throw "not reached"; } { a = 1; })
  (builtins.attrNames (builtins.intersectAttrs { a = 1; } { a = throw "not reached"; b = throw "not reached"; }))
  (builtins.intersectAttrs { a = 1; b = 1; c = 1; d = 1; } { d = 2; a = 3; })
  (builtins.intersectAttrs { a = 1; })
]
