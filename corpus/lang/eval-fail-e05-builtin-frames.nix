# Frames of builtins that call functions. (E5)
builtins.foldl' (a: x: a + x.y) 0 (map (x: { y = x; }) [ 1 2 "3" ])
