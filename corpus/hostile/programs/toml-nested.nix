# depth: fromTOML of an array nested a hundred thousand deep
let open = builtins.foldl' (s: _: s + s) "[" (builtins.genList (i: i) 17); in builtins.fromTOML "a = ${open}${builtins.replaceStrings [ "[" ] [ "]" ] open}"
