# Functions of several arguments, shadowing, and printing. (L25)
let f = a: b: c: [ a b c ]; g = a: a: a; in [ (f 1 2 3) ((f 1) 2 3) ((f 1 2) 3) (g 1 2) (map (f 1 2) [ 3 4 ]) (f 1) ]
