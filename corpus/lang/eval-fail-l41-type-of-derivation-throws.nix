# To know whether a set is a derivation, its type is evaluated. (L41)
{ type = throw "type"; a = 1; } == { type = "derivation"; b = 1; }
