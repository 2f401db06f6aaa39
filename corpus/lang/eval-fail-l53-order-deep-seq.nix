# deepSeq, too. (L53, L60)
let t = x: builtins.trace x x; in builtins.deepSeq { d9 = t 1; c9 = { y9 = t 2; x9 = t 3; }; b9 = [ (t 4) [ (t 5) ] ]; } (throw "end")
