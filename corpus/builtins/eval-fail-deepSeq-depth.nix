# Deep values stop at the same limit.
let
  x = builtins.foldl' (a: n: [ a ]) [ ] (builtins.genList (n: n) 30);
in
builtins.deepSeq x 1
