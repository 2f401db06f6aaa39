# The memoised value is one value: its functions are identical in a set. (L54, L42)
let a = import ./lib-functions.nix; b = import ./lib-functions.nix; in [ (a == b) ([ a.id ] == [ b.id ]) (a.id 1) (a.twice a.inc 1) ]
