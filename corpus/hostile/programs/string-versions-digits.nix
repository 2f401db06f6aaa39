# memory: versions that are numbers of a million digits, sorted
let d = builtins.foldl' (s: _: s + s) "9" (builtins.genList (i: i) 20);
in builtins.length (builtins.sort (a: b: builtins.compareVersions a b < 0) (builtins.genList (i: "${d}.${toString i}") 10000))
