# errors: substrings that start before the string, after long ones that do not
let s = builtins.foldl' (s: _: s + s) "ab" (builtins.genList (i: i) 20); in builtins.foldl' (n: i: n + builtins.stringLength (builtins.substring (1000 - i) 9223372036854775807 s)) 0 (builtins.genList (i: i) 2000)
