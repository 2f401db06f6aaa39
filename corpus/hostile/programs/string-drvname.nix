# time: parseDrvName of a name that is all dashes
let s = builtins.foldl' (s: _: s + s) "-a" (builtins.genList (i: i) 22);
in builtins.foldl' (n: i: n + builtins.stringLength (builtins.parseDrvName s).name) 0 (builtins.genList (i: i) 10000)
