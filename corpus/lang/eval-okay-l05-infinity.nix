# Infinity can be computed; it prints, compares, and is a float. (L5)
let inf = 1.0e300 * 1.0e300; in [ inf (0 - inf) (inf == inf) (inf > 9223372036854775807) (0 - inf < -1.0e308) (builtins.typeOf inf) (toString inf) (inf * 0 == inf * 0) (1 / inf) ]
