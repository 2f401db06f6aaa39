# depth: fromJSON of a hundred thousand brackets
let open = builtins.foldl' (s: _: s + s) "[" (builtins.genList (i: i) 17); close = builtins.replaceStrings [ "[" ] [ "]" ] open; in builtins.fromJSON (open + close)
