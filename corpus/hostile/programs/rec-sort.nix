# cycle: a list that is sorted by itself
let l = builtins.sort (a: b: builtins.elem a l) [ 1 2 3 ]; in l
