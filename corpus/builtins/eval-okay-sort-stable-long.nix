# Stability holds for lists long enough to be merged.
let
  items = builtins.genList (n: { k = builtins.bitAnd (n * 7) 3; v = n; }) 40;
in
map (x: "${toString x.k}:${toString x.v}") (builtins.sort (a: b: a.k < b.k) items)
