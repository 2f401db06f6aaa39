# Left before right, element by element. (L41, L53)
let t = x: builtins.trace x x; in builtins.seq ([ (t "a1") (t "a2") ] == [ (t "b1") (t "b2") ]) (builtins.seq ([ (t "c") (t "x") ] == [ (t "c") (t "y") ]) (throw "end"))
