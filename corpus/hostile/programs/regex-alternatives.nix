# time: an alternation of a hundred thousand words that nearly match
let words = builtins.genList (i: "a{20}${toString i}") 100000; in builtins.split "(${builtins.concatStringsSep "|" words})" (builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 16))
