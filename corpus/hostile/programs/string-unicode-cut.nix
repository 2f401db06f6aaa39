# memory: strings cut within a letter, which are not UTF-8, grown and then printed
let bad = builtins.substring 1 2 "🎉é"; in builtins.foldl' (s: _: s + bad + s) bad (builtins.genList (i: i) 40)
