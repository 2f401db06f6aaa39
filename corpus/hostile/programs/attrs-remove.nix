# time: removeAttrs of one name at a time from a large set
let s = builtins.listToAttrs (builtins.genList (i: { name = "n${toString i}"; value = i; }) 200000);
in builtins.foldl' (s: n: builtins.removeAttrs s [ n ]) s (builtins.attrNames s)
