# memory: zipAttrsWith over a hundred thousand sets of a hundred attributes
let s = i: builtins.listToAttrs (builtins.genList (j: { name = "n${toString (i * 50 + j)}"; value = i; }) 100);
in builtins.length (builtins.attrNames (builtins.zipAttrsWith (n: vs: vs) (builtins.genList s 100000)))
