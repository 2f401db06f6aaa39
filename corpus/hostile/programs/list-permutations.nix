# time: all permutations of twenty elements
let perms = l: if l == [ ] then [ [ ] ] else builtins.concatMap (x: map (r: [ x ] ++ r) (perms (builtins.filter (y: y != x) l))) l;
in builtins.length (perms (builtins.genList (i: i) 20))
