# memory: splitting a long string at every byte, with groups
let s = builtins.foldl' (s: _: s + s) "ab" (builtins.genList (i: i) 24); in builtins.length (builtins.split "((a)|(b))" s)
