# memory: partition, and both parts joined with the whole, until the memory is full
let go = l: let p = builtins.partition (x: x / 2 * 2 == x) l; in p.right ++ p.wrong ++ l;
in builtins.length (builtins.foldl' (l: _: go l) (builtins.genList (i: i) 10) (builtins.genList (i: i) 60))
