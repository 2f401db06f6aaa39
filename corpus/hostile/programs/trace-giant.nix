# output: trace of a list of a million sets
builtins.trace (let l = builtins.genList (i: { inherit i; s = toString i; }) 1000000; in builtins.deepSeq l l) 1
