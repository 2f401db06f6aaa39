# -A takes one attribute; list elements by number. (C5)
{ a."b.c" = [ 0 { d = [ "found" ]; } ]; x = throw "not evaluated"; }
