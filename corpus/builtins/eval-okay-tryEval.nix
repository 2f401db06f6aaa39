# tryEval catches throw and failed assertions, and forces only to weak head normal form.
[
  (builtins.tryEval 1)
  (builtins.tryEval (throw "caught"))
  (builtins.tryEval (assert false; 1))
  (builtins.tryEval (assert 1 == 2; 1))
  (builtins.tryEval { a = throw "not forced"; }).success
  (builtins.tryEval [ (throw "not forced") ]).success
  (builtins.tryEval (builtins.deepSeq { a = throw "caught"; } 1))
  (builtins.tryEval (builtins.tryEval (throw "inner")))
  (builtins.tryEval (builtins.head [ (throw "caught") ]))
  (builtins.tryEval (1 + throw "caught"))
  (builtins.tryEval "${throw "caught"}")
  (builtins.tryEval (x: throw "not called")).success
  (builtins.tryEval (throw "a" == throw "b"))
  (builtins.tryEval (import ./files/import/throws.nix))
  (builtins.tryEval <nowhere>)
  (builtins.tryEval (builtins.findFile [ ] "nowhere"))
  (builtins.attrNames (builtins.tryEval 1))
]
