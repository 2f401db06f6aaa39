# Strings are not lists. (L32)
let xs = "a"; in { r = [ 1 ] ++ xs; }
