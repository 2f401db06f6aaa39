# getAttr, which has no suggestion. (E5)
builtins.getAttr "nmae" { name = 1; }
