# Dynamic names between static ones, in nested sets and functions. (L20)
let f = prefix: { "${prefix}-a" = 1; b = { ${prefix} = 2; ${null} = 3; }; "c" = { "${"d"}" = 4; }; }; in [ (f "x") (f "b") ((f "b").b.b) ((f "y")."y-a") ]
