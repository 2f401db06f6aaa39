# time: twenty .* in a row, and what they look for is not there
let s = builtins.foldl' (s: _: s + s) "ab" (builtins.genList (i: i) 22); r = builtins.concatStringsSep "a" (builtins.genList (_: "(.*)") 20); in builtins.match "${r}c" s
