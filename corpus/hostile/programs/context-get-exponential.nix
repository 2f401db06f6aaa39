# time: the context of a string that is put together from itself
let a = builtins.foldl' (s: i: s + builtins.toFile "f${toString i}" "") "" (builtins.genList (i: i) 1000); go = s: if builtins.getContext s == { } then s else go (builtins.substring 0 1000 s + a); in go a
