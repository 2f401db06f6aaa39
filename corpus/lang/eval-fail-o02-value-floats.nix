# Floats in messages. (O2, O4)
let v = [ 1.0 0.1 1234567.8 1.0e300 (-0.5) ]; in builtins.deepSeq v (v // { })
