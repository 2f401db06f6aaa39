# depth: Church numerals raised to each other in a fold
let two = f: x: f (f x); n = builtins.foldl' (a: _: a two) two (builtins.genList (i: i) 10); in n (x: x + 1) 0
