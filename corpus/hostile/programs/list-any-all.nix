# time: any and all, within each other, over long lists
let l = builtins.genList (i: i) 100000; in builtins.all (i: builtins.any (j: builtins.all (k: k <= j) l) l) l
