# depth: toXML indents what is nested, which would be quadratic, were it not too deep
let go = n: x: builtins.foldl' (x: n: [ x ]) x (builtins.genList (i: i) n); in builtins.stringLength (builtins.toXML (go 100000 0))
