# Many updates in a row: every key has its last value. (L32)
let
  keys = builtins.genList (i: "k${toString i}") 40;
  s = builtins.foldl' (a: i: a // { ${builtins.elemAt keys (40 - 1 - i)} = i; } // { k5 = "k5 of ${toString i}"; }) { k39 = "first"; } (builtins.genList (i: i) 40);
in
[ (builtins.length (builtins.attrNames s)) s.k39 s.k5 s.k0 (s // { k7 = "seven"; }).k7 s.k7 (builtins.attrNames s == builtins.sort builtins.lessThan keys) (builtins.attrValues (removeAttrs s (builtins.tail keys))) ((s // s) == s) (builtins.length (builtins.attrNames (builtins.intersectAttrs { k1 = 1; k99 = 1; } s))) ]
