# A list that needs its own length. (E2)
let xs = [ 1 ] ++ builtins.genList (x: x) (builtins.length xs); in xs
