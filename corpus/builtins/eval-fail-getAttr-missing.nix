# A missing attribute.
builtins.getAttr "missing" { other = 1; }
