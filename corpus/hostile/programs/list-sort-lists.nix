# time: sorting lists of lists that are equal up to their last element
let deep = n: x: builtins.genList (j: if j == n - 1 then x else j) n; in builtins.sort builtins.lessThan (builtins.genList (i: deep 10000 (10000 - i)) 10000)
