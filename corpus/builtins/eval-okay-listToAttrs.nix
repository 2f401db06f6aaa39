# listToAttrs keeps the first of several pairs with one name, and never looks at the values of the others.
[
  (builtins.listToAttrs [ ])
  (builtins.listToAttrs [ { name = "a"; value = 1; } { name = "b"; value = 2; } ])
  (builtins.listToAttrs [ { name = "a"; value = 1; } { name = "a"; value = 2; } ])
  (builtins.listToAttrs [ { name = "a"; value = 1; } { name = "a"; } ])
  (builtins.listToAttrs [ { name = "a"; value = 1; extra = throw "not reached"; } ])
  (builtins.attrNames (builtins.listToAttrs [ { name = "a"; value = throw "not reached"; } ]))
  (builtins.listToAttrs [ { name = ""; value = 1; } { name = "x.y"; value = 2; } ])
]
