# builtins contains itself. (L57)
[ (builtins.builtins ? builtins) (builtins.builtins.builtins.add 1 2) (builtins ? __add) (builtins ? add) (builtins ? toString) (builtins ? true) (builtins ? nosuch) ]
