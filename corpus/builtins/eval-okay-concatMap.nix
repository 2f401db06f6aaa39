# concatMap joins the lists that the function gives.
[
  (builtins.concatMap (x: [ x x ]) [ 1 2 ])
  (builtins.concatMap (x: [ ]) [ 1 2 ])
  (builtins.concatMap (x: if x == 1 then [ ] else [ x ]) [ 1 2 1 3 ])
  (builtins.concatMap throw [ ])
  (builtins.length (builtins.concatMap (x: [ x ]) [ (throw "not reached") ]))
  (builtins.length (builtins.concatMap (x: [ (throw "not reached") 2 ]) [ 1 2 ]))
  (builtins.concatMap (x: [ x ]))
]
