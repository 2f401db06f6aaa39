# memory: the intersection of two sets of five million attributes
let s = f: builtins.listToAttrs (builtins.genList (i: { name = toString (f i); value = i; }) 5000000);
in builtins.length (builtins.attrNames (builtins.intersectAttrs (s (i: i * 2)) (s (i: i * 3))))
