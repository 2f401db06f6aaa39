# memory: a string whose context has a hundred thousand elements, copied with each step
let file = i: builtins.toFile "f${toString i}" "x"; in builtins.stringLength (builtins.foldl' (s: i: s + file i) "" (builtins.genList (i: i) 100000))
