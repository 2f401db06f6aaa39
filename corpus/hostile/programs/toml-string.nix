# memory: fromTOML of a multi-line string of a hundred megabytes
let s = builtins.foldl' (s: _: s + s) "\\u00e9 " (builtins.genList (i: i) 24); in builtins.stringLength (builtins.fromTOML "a = \"\"\"${s}\"\"\"").a
