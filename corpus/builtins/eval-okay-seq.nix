# seq forces to weak head normal form, deepSeq everything; both return the second argument.
let
  fails = e: !(builtins.tryEval e).success;
in
[
  (builtins.seq 1 2)
  (builtins.seq [ (throw "not forced") ] 2)
  (builtins.seq { a = throw "not forced"; } 2)
  (fails (builtins.seq (throw "forced") 2))
  (fails (builtins.deepSeq [ [ (throw "forced") ] ] 2))
  (fails (builtins.deepSeq { a.b.c = throw "forced"; } 2))
  (builtins.deepSeq (x: throw "not called") 2)
  (builtins.deepSeq { f = { a ? throw "not forced" }: a; } 2)
  (let x = { inherit x; y = [ x ]; }; in builtins.deepSeq x 2)
  (builtins.head (builtins.deepSeq [ 1 ] [ 3 (throw "not forced") ]))
  (builtins.seq (builtins.seq 1) 2)
  (builtins.seq 1)
  (builtins.deepSeq 1)
]
