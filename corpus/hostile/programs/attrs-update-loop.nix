# time: // adds one attribute to a growing set, a million times
builtins.length (builtins.attrNames (builtins.foldl' (s: i: s // { "a${toString i}" = i; }) { } (builtins.genList (i: i) 1000000)))
