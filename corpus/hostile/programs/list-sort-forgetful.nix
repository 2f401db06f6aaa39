# time: a comparator that answers by nothing that the elements say
let bit = a: b: builtins.bitAnd (a * 7919 + b * 104729 + a * b) 1 == 1; in builtins.sort bit (builtins.genList (i: i) 5000000)
