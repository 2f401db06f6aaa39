# time: mapAttrs, //, and intersectAttrs of the same large set, without end
let s = builtins.listToAttrs (builtins.genList (i: { name = "n${toString i}"; value = i; }) 100000);
in builtins.foldl' (a: i: builtins.intersectAttrs s (builtins.mapAttrs (_: v: v) (a // s))) s (builtins.genList (i: i) 1000000)
