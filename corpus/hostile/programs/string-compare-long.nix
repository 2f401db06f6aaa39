# time: comparing two equal strings of 64 MB, a million times
let s = x: builtins.foldl' (s: _: s + s) x (builtins.genList (i: i) 26); a = s "a"; b = s "a";
in builtins.length (builtins.filter (_: a == b && !(a < b)) (builtins.genList (i: i) 1000000))
