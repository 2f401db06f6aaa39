# A value that is being evaluated. (O2, E2)
let x = builtins.trace { inherit x; y = 1; } (throw "end"); in x
