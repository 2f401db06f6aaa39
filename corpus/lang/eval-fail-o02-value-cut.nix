# Values in messages are cut at ten attributes, ten elements and depth ten, counted over the whole value. (O2)
let v = { a = [ 1 2 3 4 5 6 ]; b = [ 7 8 9 10 11 12 ]; c = { d = 1; e = 2; f = 3; }; g = { h = 1; i = 2; j = 3; k = 4; l = 5; m = 6; }; }; in builtins.deepSeq v (v ++ [ ])
