# memory: names of attributes that are made, used once, and never seen again
let l = builtins.genList (i: i) 100000; step = i: j: builtins.length (builtins.attrNames { "n${toString (i * 100000 + j)}" = i; });
in builtins.foldl' (n: i: builtins.foldl' (n: j: n + step i j) n l) 0 l
