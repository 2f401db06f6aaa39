# getAttr and hasAttr take the name as a string; only getAttr forces the value.
[
  (builtins.getAttr "a" { a = 1; })
  (builtins.getAttr "a b" { "a b" = 2; })
  (builtins.getAttr "a.b" { "a.b" = 3; a.b = 4; })
  (builtins.hasAttr "a" { a = throw "not reached"; })
  (builtins.hasAttr "b" { a = 1; })
  (builtins.hasAttr "a.b" { a.b = 1; })
  (builtins.hasAttr "" { "" = 1; })
  (builtins.getAttr "a")
  (builtins.hasAttr "a")
]
