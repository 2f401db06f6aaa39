# ceil and floor give integers, also from integers. (L5)
[ (builtins.ceil 1.2) (builtins.ceil (-1.2)) (builtins.floor 1.2) (builtins.floor (-1.2)) (builtins.ceil 3) (builtins.floor 3) (builtins.ceil 1.0e15) (builtins.floor (-0.0)) ]
