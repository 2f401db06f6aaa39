# depth: groups within groups, a hundred thousand deep
let open = builtins.foldl' (s: _: s + s) "(" (builtins.genList (i: i) 17); in builtins.match "${open}a${builtins.replaceStrings [ "(" ] [ ")" ] open}" "a"
