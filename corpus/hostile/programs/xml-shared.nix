# memory: toXML writes out all that is shared, 2^50 elements
let go = n: s: if n == 0 then s else go (n - 1) { a = s; b = [ s ]; }; in builtins.stringLength (builtins.toXML (go 50 { }))
