# Negative zero in all its forms. (L33, L5)
let z = 0.0 * -1; in [ z (toString z) (builtins.toJSON z) (z == 0) (z < 0) (0 - z) (builtins.floor z) ]
