# depth: zipAttrsWith that zips itself
let go = n: vs: builtins.zipAttrsWith go [ { a = vs; } { a = vs; } ]; deep = s: deep s.a; in deep (go "a" [ 1 ])
