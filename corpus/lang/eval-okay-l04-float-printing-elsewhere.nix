# toString prints six decimals, toJSON as many digits as needed, and --eval six digits. (L4)
let f = x: [ x (toString x) (builtins.toJSON x) ]; in map f [ 1.0 0.1 (0.1 + 0.2) 1.0e-7 1.0e21 1234567.891 (1.0 / 3) 100.0 1.0e15 1.0e16 1.5e300 ]
