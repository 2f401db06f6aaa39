# removeAttrs ignores names that are missing or given twice and forces no value.
[
  (removeAttrs { a = 1; b = 2; c = 3; } [ "a" "c" ])
  (removeAttrs { a = 1; } [ ])
  (removeAttrs { a = 1; } [ "x" "x" "a" "a" ])
  (removeAttrs { } [ "a" ])
  (builtins.attrNames (removeAttrs { a = throw "not reached"; b = throw "not reached"; } [ "b" ]))
  (removeAttrs { z = 1; y = 2; x = 3; } [ "y" ])
  (removeAttrs { a = 1; })
]
