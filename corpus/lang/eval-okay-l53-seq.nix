# seq looks at the outside, deepSeq at everything, and both return the second. (L53)
[ (builtins.seq { a = throw "a"; } 1) (builtins.seq (x: throw "x") 2) (builtins.deepSeq { a = [ 1 ]; f = x: throw "x"; } 3) (builtins.tryEval (builtins.deepSeq { a = [ (throw "a") ]; } 1)).success (builtins.length (builtins.seq 1 [ (throw "b") ])) (let s = { a = 1; self = s; }; in builtins.deepSeq s 4) ]
