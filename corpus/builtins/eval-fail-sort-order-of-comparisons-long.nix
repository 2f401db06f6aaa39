# The comparisons for a list that must be split, with equal elements.
let
  l = builtins.genList (n: builtins.bitAnd (n * 5 + 3) 15) 24;
in
builtins.seq (builtins.sort (a: b: builtins.trace "${toString a} < ${toString b}" (a < b)) l) (throw "end")
