# Equal elements are passed over, whatever they are; those that follow the first difference are not evaluated. (L40, L52)
let n = null; t = true; in [ ([ n 1 ] < [ n 2 ]) ([ t t ] < [ t t ]) ([ { a = 1; } 1 ] < [ { a = 1; } 2 ]) ([ 1 (throw "never") ] < [ 2 (throw "never") ]) ([ n ] < [ n n ]) ]
