# depth: fromTOML of inline tables within each other
let go = n: s: builtins.foldl' (s: n: "{a=${s}}") s (builtins.genList (i: i) n); in builtins.fromTOML "a = ${go 20000 "1"}"
