# An integer with a float is a float; whole floats print without a point. (L5)
[ (1 + 1.5) (1.5 + 1) (2 - 0.5) (2 * 1.5) (3 / 2.0) (3.0 / 2) (1 + 2 + 0.5) (0.5 + 1 + 2) (4 / 2.0) (builtins.typeOf (4 / 2.0)) (builtins.typeOf (0.5 + 0.5)) (9223372036854775807 + 1.0) ]
