# memory: the base name of a path of a hundred million slashes
let s = builtins.foldl' (s: _: s + s) "/" (builtins.genList (i: i) 27); in [ (baseNameOf (s + "a")) (dirOf (s + "a")) ]
