# host: toFile in a loop, each file naming the one before
builtins.foldl' (s: n: builtins.toFile "f${toString n}" "${s}") "" (builtins.genList (i: i) 10000000)
