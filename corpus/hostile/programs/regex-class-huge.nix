# time: a bracket expression with a million members
let s = builtins.foldl' (s: _: s + s) "abc-e" (builtins.genList (i: i) 18); in builtins.match "[${s}]*" s
