# The element is forced where it is used.
builtins.head (builtins.catAttrs "a" [ { a = throw "in the value"; } ])
