# depth: a comparator that sorts with itself
let less = a: b: builtins.head (builtins.sort less [ a b ]) == a; in builtins.sort less [ 2 1 ]
