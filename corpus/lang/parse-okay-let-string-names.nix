# L23: let accepts string names
let "a b" = 1; "c" = 2; or = 3; "if" = 4; in { inherit "a b" c or "if"; }
