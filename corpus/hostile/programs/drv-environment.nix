# memory: a derivation with a giant environment
let s = builtins.foldl' (s: _: s + s) "x" (builtins.genList (i: i) 24);
in (derivation (builtins.listToAttrs (builtins.genList (i: { name = "v${toString i}"; value = s + toString i; }) 1000) // { name = "d"; system = "x"; builder = "b"; })).drvPath
