# memory: all substrings of a string of 64 kB
let s = builtins.foldl' (s: _: s + s) "ab" (builtins.genList (i: i) 15); n = builtins.stringLength s;
in builtins.genList (i: builtins.genList (j: builtins.substring i j s) n) n
