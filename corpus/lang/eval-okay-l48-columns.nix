# Columns count bytes from one; a tab is one. (L48)
let p = n: s: (builtins.unsafeGetAttrPos n s).column; in [ (p "a" { a = 1; }) (p "a" { "ä" = 1; a = 1; })	(p "a" {	a = 1; }) (p "a" {
a = 1; }) ]
