# errors: fromJSON of bytes that are not UTF-8
builtins.fromJSON "\"${builtins.foldl' (s: _: s + s) (builtins.substring 1 1 "é") (builtins.genList (i: i) 20)}\""
