# toString keeps context and does not copy paths.
let
  a = "${./files/text.txt}";
in
[
  (builtins.hasContext (toString a))
  (builtins.hasContext (toString [ "x" a ]))
  (builtins.hasContext (toString ./files/text.txt))
  (builtins.hasContext (toString { outPath = a; }))
  (builtins.hasContext (toString { __toString = self: a; }))
]
