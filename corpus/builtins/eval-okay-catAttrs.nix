# catAttrs takes the attribute from the sets that have it, unforced.
[
  (builtins.catAttrs "a" [ { a = 1; } { b = 0; } { a = 2; } ])
  (builtins.catAttrs "a" [ ])
  (builtins.length (builtins.catAttrs "a" [ { a = throw "not reached"; } { b = throw "not reached"; } ]))
  (builtins.catAttrs "" [ { "" = 1; } ])
  (builtins.catAttrs "a")
]
