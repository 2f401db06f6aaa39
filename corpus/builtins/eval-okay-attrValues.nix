# attrValues follows the order of the sorted names and forces no value.
[
  (builtins.attrValues { })
  (builtins.attrValues { b = 1; a = 2; C = 3; })
  (builtins.length (builtins.attrValues { a = throw "not reached"; }))
  (builtins.attrValues { z.y = 1; name = 0; type = 2; })
]
