# A value in a message that is being evaluated. (O2, E2)
let x = { a = 1; b = x; c = y; }; y = [ ] ++ { inherit x y; z = 1 + 1; }; in builtins.seq x y
