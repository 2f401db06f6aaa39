# A missing attribute with near names.
builtins.getAttr "colour" { color = 1; colours = 2; }
