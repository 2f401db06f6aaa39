# Equality and order look at the bytes only. (L45)
let f = builtins.toFile "f" "x"; p = builtins.unsafeDiscardStringContext f; in [ (f == p) (f < p) (p < f) (f != p) ([ f ] == [ p ]) ({ ${p} = 1; } ? ${p}) (builtins.elem f [ p ]) ]
