# Deeply nested lists.
let
  repeat = s: n: builtins.concatStringsSep "" (builtins.genList (i: s) n);
  depth = l: if l == [ ] then 1 else 1 + depth (builtins.head l);
in
depth (builtins.fromJSON (repeat "[" 1000 + repeat "]" 1000))
