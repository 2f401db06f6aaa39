# length counts elements and forces none.
[
  (builtins.length [ ])
  (builtins.length [ 1 2 3 ])
  (builtins.length [ (throw "not reached") ])
  (builtins.length (map (x: throw "not reached") [ 1 2 ]))
]
