# L25: a lambda body extends as far as possible
[ (x: x + 1) (x: x x) (x: x.y or x) (x: x -> x) (x: y: x == y) (x: if x then x else x) ]
