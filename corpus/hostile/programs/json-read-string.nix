# memory: fromJSON of a string that is all escapes
builtins.stringLength (builtins.fromJSON "\"${builtins.foldl' (s: _: s + s) "\\u00e9" (builtins.genList (i: i) 24)}\"")
