# attrNames sorts by bytes and forces no value.
[
  (builtins.attrNames { })
  (builtins.attrNames { b = 1; a = throw "not reached"; B = 2; "" = 3; "a b" = 4; })
  (builtins.attrNames { a10 = 1; a9 = 1; a1 = 1; })
  (builtins.attrNames { "é" = 1; z = 1; "~" = 1; "_" = 1; "-" = 1; })
  (builtins.attrNames (rec { x = 1; y = x; }))
  (builtins.attrNames { a.b = 1; a.c = 2; })
]
