# The value is forced inside getAttr.
builtins.getAttr "a" { a = throw "forced"; }
