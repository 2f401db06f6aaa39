# memory: ten million failures, all of them kept
map (i: builtins.tryEval (throw "failure ${toString i}")) (builtins.genList (i: i) 10000000)
