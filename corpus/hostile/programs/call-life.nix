# memory: the history of a cellular automaton, of which all is kept
let get = l: i: if i < 0 || i >= builtins.length l then 0 else builtins.elemAt l i;
  next = l: builtins.genList (i: builtins.bitXor (get l (i - 2)) (builtins.bitOr (get l (i - 1)) (get l i))) (builtins.length l + 2);
in builtins.foldl' (h: i: let n = next (builtins.head h); in builtins.deepSeq n ([ n ] ++ h)) [ [ 1 ] ] (builtins.genList (i: i) 100000)
