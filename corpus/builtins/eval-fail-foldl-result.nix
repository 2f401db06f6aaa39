# A throw in the operator keeps the frame of foldl'.
builtins.foldl' (a: b: throw "in the operator") 0 [ 1 ]
