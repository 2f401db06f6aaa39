# inherit takes from the scope around the set, also under with, and in let. (L24)
let x = 1; s = { a = 2; b = 3; "c d" = 4; }; in [
  { inherit x; inherit; inherit (s) a b "c d"; }
  (with s; { inherit a x; })
  (let inherit (s) a; inherit x; in [ a x ])
  rec { inherit (s) a; b = a + x; }
  { inherit ({ or = 5; }) or; }
]
