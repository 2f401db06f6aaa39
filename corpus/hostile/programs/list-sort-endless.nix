# time: a comparator that does not terminate
let l = builtins.genList (i: i) 100000; all = p: builtins.all (_: p) l; in builtins.sort (a: b: builtins.all (_: builtins.all (_: builtins.all (_: a != b) l) l) l) [ 3 2 1 ]
