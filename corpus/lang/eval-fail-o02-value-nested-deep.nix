# A value nested deeper than ten. (O2)
let v = { a = { a = { a = { a = { a = { a = { a = { a = { a = { a = { a = 1; }; }; }; }; }; }; }; }; }; }; }; in builtins.deepSeq v (v ++ [ ])
