# A path plus a string is a path, made canonical; no slash is put between. (L16)
let p = ./a; in [ (p + "b") (p + "/b") (p + "/../c") (p + "//d/") (p + "/.") (/. + "x") (/. + "/x") (p + "") (p + ./b) (p + { outPath = "/o"; }) (p + { __toString = _: "-t"; }) (p + "b" + "c") (builtins.typeOf (p + "")) (p + p + p) ]
