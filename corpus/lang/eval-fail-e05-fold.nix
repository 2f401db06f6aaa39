# A lazy chain: frames that repeat. (E5)
let chain = builtins.foldl' (a: x: { v = a.v + 1; }) { v = throw "start"; } [ 1 2 3 4 5 ]; in { inherit (chain) v; }
