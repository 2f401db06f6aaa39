# The attributes of a derivation are there before it is made: a missing builder shows only when a path is asked for. (L52)
let d = derivation { name = "n"; x = throw "x"; }; in [ d.name d.type d.outputName (builtins.attrNames d) (builtins.isAttrs d.out) (d ? dev) ]
