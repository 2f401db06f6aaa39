# Comparing counts as calls. (E3)
let t = builtins.foldl' (a: x: [ a ]) 1 (builtins.genList (x: x) 40); u = builtins.foldl' (a: x: [ a ]) 1 (builtins.genList (x: x) 40); in builtins.seq (t == u) 1
