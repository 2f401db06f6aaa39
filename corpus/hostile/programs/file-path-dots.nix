# host: a path of a million components and as many dots
let s = builtins.foldl' (s: _: s + s) "/a/.." (builtins.genList (i: i) 20); in builtins.pathExists (/. + s)
